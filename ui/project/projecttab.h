// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/document.h"
#include "ui/project/overviewrows.h"

class QBoxLayout;
class QScrollArea;
class QVBoxLayout;

namespace ui {

class Button;
class LoaderOrder;
class OverviewModel;
class OverviewView;
class ParameterModel;
class TextLabel;
class ViewBar;

// The project in a tab: every address that the folder names, where it stands and what is done with
// it; what was left out of them; which file wins; what leaks (P5, P8). Reads nothing itself and
// connects to nothing. Passwords are shown one at a time, for a minute.
class ProjectTab : public Document
{
    Q_OBJECT

public:
    explicit ProjectTab(QWidget *parent = nullptr);

    void setProject(const core::Project &project, const core::DatabaseSet &databases, bool trusted,
                    const PoolersOfDatabases &poolers = {});

    [[nodiscard]] static QString theKey() { return QStringLiteral("project:overview"); }
    [[nodiscard]] QString title() const override { return tr("Project"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("project"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString key() const override { return theKey(); }
    [[nodiscard]] OverviewModel &model() const { return *m_model; }

public slots:
    void refresh() override { emit reloadWanted(); }
    // Of the current row; hides the one that is shown.
    void togglePassword();

signals:
    // `file` is relative to the folder.
    void fileWanted(const QString &file, int line);
    void trustWanted();
    void reloadWanted();
    void copyWanted(const QString &url, bool withPassword);
    void poolerWanted(const QString &database, core::EndpointRole role);

private:
    void buildBar();
    QWidget *buildBelow(QWidget *parent);
    void showNotes(const core::DatabaseSet &databases);
    void showRules(const core::Project &project);
    void showReveal();
    void showMenu(const QPoint &at);
    void openRow(const QModelIndex &index);
    void follow(OverviewView *view);
    void resizeEvent(QResizeEvent *event) override;

    ViewBar *m_bar = nullptr;
    Button *m_reveal = nullptr;
    Button *m_trust = nullptr;
    QScrollArea *m_scroll;
    QVBoxLayout *m_notes;
    QWidget *m_notesPlace;
    OverviewModel *m_model;
    OverviewView *m_view;
    ParameterModel *m_parameters;
    OverviewView *m_parameterView;
    TextLabel *m_noParameters;
    LoaderOrder *m_order;
    TextLabel *m_rule;
    TextLabel *m_others;
    QBoxLayout *m_below = nullptr;
    QString m_folder;
};

} // namespace ui
