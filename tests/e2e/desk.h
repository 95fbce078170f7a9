// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

class QWidget;

namespace test {

/// A person at the virtual display: presses keys, types, clicks, and takes pictures of the screen.
/// What is pressed arrives through the X server, so the caller waits for its effect (QTRY_…).
class Desk
{
public:
    /// `pictures`: folder that is emptied, and keeps what picture() takes.
    explicit Desk(const QString &pictures);

    /// As xdotool names them: "ctrl+p", "Return", "ctrl+shift+p".
    [[nodiscard]] bool press(const QStringList &keys) const;
    [[nodiscard]] bool type(const QString &text) const;
    /// A left click in the middle of a widget, or at a place in it.
    [[nodiscard]] bool click(const QWidget &widget) const;
    [[nodiscard]] bool click(const QWidget &widget, const QPoint &at) const;
    /// Window numbers of the visible windows whose title contains this.
    [[nodiscard]] QStringList windowsTitled(const QString &title) const;
    [[nodiscard]] bool picture(const QString &name);

private:
    QString m_pictures;
    int m_taken = 0;
};

/// Starts an own life of this user: settings, data and state of nobody else, in this process and
/// in those that it starts.
class Home
{
public:
    Home();
    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] QString statePath() const { return m_folder.filePath(QStringLiteral("state")); }
    /// A folder that may become a project.
    [[nodiscard]] QString makeProject(const QString &name, const QByteArray &envFile) const;
    /// Files here, other than env files, that hold these bytes.
    [[nodiscard]] QStringList filesWith(const QByteArray &bytes) const;

private:
    QTemporaryDir m_folder;
};

} // namespace test
