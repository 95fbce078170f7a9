// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testdatabase.h"
#include "tests/ui/support/markingtranslator.h"
#include "tests/ui/support/studio.h"

#include <functional>
#include <memory>
#include <vector>

namespace test {

/// The window in one state, over a folder and a database whose names are as hostile as they may be,
/// in a language that marks what was translated.
class Scenes
{
public:
    struct Scene {
        const char *name;
        /// False where the state did not come about.
        std::function<bool(Scenes &)> show;
        /// What is walked; null = the window.
        std::function<QWidget *(Scenes &)> subject = {};
    };
    /// A new one is a line more in there; see scenes.cpp and scenesofdata.cpp.
    [[nodiscard]] static const std::vector<Scene> &all();

    Scenes();
    ~Scenes();

    /// A fresh window of this size in this state.
    [[nodiscard]] bool show(const Scene &scene, QSize size);
    [[nodiscard]] QWidget *subject(const Scene &scene);

    [[nodiscard]] Studio &studio() { return *m_studio; }
    [[nodiscard]] ui::MainWindow &window() { return m_studio->window(); }
    [[nodiscard]] TestDatabase &database() { return m_database; }

    // What scenes are made of.
    [[nodiscard]] bool openUntrusted();
    [[nodiscard]] bool openTrusted();
    /// The table of addHostileSchema() with its rows.
    [[nodiscard]] bool openHostileTable();
    [[nodiscard]] bool openTable(const QByteArray &name);
    [[nodiscard]] bool runText(const QByteArray &text);
    [[nodiscard]] bool isShown(const QString &name) const;
    [[nodiscard]] bool click(const QString &name) const;
    /// The menu in sight; null for none.
    [[nodiscard]] QMenu *menu() const;

private:
    [[nodiscard]] static bool settle();

    TestDatabase m_database;
    MarkingTranslator m_language;
    std::unique_ptr<Studio> m_studio;
};

[[nodiscard]] std::vector<Scenes::Scene> scenesOfFolders();
[[nodiscard]] std::vector<Scenes::Scene> scenesOfData();
[[nodiscard]] std::vector<Scenes::Scene> scenesOfObjects();
[[nodiscard]] std::vector<Scenes::Scene> scenesOfRelations();

} // namespace test
