// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/envfile.h"

#include <QMap>
#include <QStringList>

namespace core {

/// The program whose order of env files counts for a folder.
enum class EnvLoader : quint8 { Next, Vite, DotenvFlow, Bun, Dotenv, Prisma };

/// How one loader reads, and why it was taken to be the folder's.
struct LoaderRule {
    EnvLoader loader = EnvLoader::Dotenv;
    QString name = {};     ///< "Next.js"; never translated
    QString evidence = {}; ///< one clause for people: "package.json names next"
    EnvGrammar grammar = EnvGrammar::Dotenv;
    EnvExpansion expansion = EnvExpansion::None;
    /// All files are one scope for references (Vite), or each file sees itself and the files that
    /// beat it (Next).
    bool mergedScope = false;
    /// Relative paths, the strongest first.
    QStringList files = {};
    bool operator==(const LoaderRule &) const = default;
};

/// What a folder shows of its tools; all of it from names of files and from package.json, read as
/// data.
struct LoaderEvidence {
    QMap<QString, QString> dependencies = {}; ///< name → version range, from package.json
    QString packageManager = {};              ///< the same file's "packageManager"
    QString prismaSchema = {};                ///< the same file's "prisma"."schema"
    QString dotenvImport = {};                ///< prisma.config.ts, where it loads dotenv itself
    QStringList names = {};                   ///< of files and folders in the folder itself
    bool operator==(const LoaderEvidence &) const = default;
};

/// package.json → evidence. What is not JSON, or not of the shape, gives none. Pure.
[[nodiscard]] LoaderEvidence readLoaderEvidence(const QByteArray &packageJson,
                                                const QStringList &names);

/// The major version of Prisma that package.json names; 0 = none. From 7 on Prisma reads no env
/// file by itself.
[[nodiscard]] int prismaMajor(const LoaderEvidence &evidence);

/// The loader of the folder: the first of Next, Vite, dotenv-flow, Bun, Prisma ≤ 6, dotenv that
/// shows itself. Where none does: dotenv if there is a .env, else the order of Next.js, which most
/// others share. `mode` is development, test, production or any name.
[[nodiscard]] LoaderRule chooseLoader(const LoaderEvidence &evidence, const QString &mode);

/// Loaders beside the chosen one that read the folder too (Prisma's own commands in a Next.js
/// project).
[[nodiscard]] std::vector<LoaderRule> otherLoaders(const LoaderEvidence &evidence,
                                                   const LoaderRule &chosen, const QString &mode);

/// The files of one loader in one mode, the strongest first.
[[nodiscard]] QStringList envFiles(EnvLoader loader, const QString &mode);

} // namespace core
