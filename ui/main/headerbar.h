// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QAction;
class QMenuBar;

namespace ui {

class Actions;
class Button;
class Switch;

// The header row of the window: menu bar, the go-to field in the middle, then the current database,
// read-only, and the toggles of the docks. Set with QMainWindow::setMenuWidget().
class HeaderBar : public QWidget
{
    Q_OBJECT

public:
    explicit HeaderBar(Actions &actions, QWidget *parent = nullptr);

    // Databases to choose from; none hides everything right of the field.
    void setDatabases(const QStringList &names, const QString &current, bool production);
    // Opens the menus for the keyboard, also where they stand behind one button.
    void openMenus();
    void setWriting(bool writing);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void goToWanted();
    void databaseChosen(const QString &name);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    // Alt alone opens the menus; the menu bar does so itself while it is in sight.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    void showDatabaseMenu();
    void buildSwitch(QAction &action);
    [[nodiscard]] QWidget *makeToggles(Actions &actions);
    void showMenus();

    QMenuBar *m_menuBar;
    Button *m_menuButton; // in place of the menu bar in narrow windows
    QWidget *m_goTo;
    Button *m_goToButton; // in place of the field in narrow windows
    QWidget *m_right;
    Button *m_database;
    Switch *m_write;    // asks: its state is set from outside
    QWidget *m_toggles; // of the docks; in narrow windows View has them
    QStringList m_databases;
    QString m_current;
    bool m_altPressed = false;
};

} // namespace ui
