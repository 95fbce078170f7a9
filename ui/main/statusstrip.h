// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "ui/editor/transactions.h"

#include <QPointer>
#include <QStatusBar>

namespace ui {

class Actions;
class Button;
class Chip;
class ElidedLabel;
class TextLabel;

// The last row of the window. Left: Results, Messages, Jobs, in narrow windows behind one button,
// Panels. Right: database, endpoint and why,
// read-only, superuser, transaction, latency. What gives way in a narrow window is the reason, then
// the latency, never the rest.
class StatusStrip : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusStrip(Actions &actions, QWidget *parent = nullptr);

    // Null: nothing is connected; `sentence` says so ("No project open, nothing is connected").
    void setDatabase(core::OpenDatabase *database);
    void setSentence(const QString &iconName, const QString &strong, const QString &sentence);
    void setJobCount(int running);
    void setMessageCount(int problems);
    // The chip says "Writing on" instead of "Read-only".
    void setWriting(bool writing);
    // What is open in the session of the database.
    void setTransaction(const TransactionWords &words);
    // What explanations stand beside.
    [[nodiscard]] QWidget *endpointPlace() const;
    [[nodiscard]] QWidget *modePlace() const;
    [[nodiscard]] QWidget *transactionPlace() const;
    // What it holds gives way to the window, never the other way round.
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, minimumHeight()}; }

signals:
    void endpointExplanationWanted();
    void modeExplanationWanted();
    void transactionExplanationWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void build(Actions &actions);
    void buildFacts();
    void update();
    void giveWay();
    void showPanelsMenu();
    void countPanels();

    QPointer<core::OpenDatabase> m_shown;
    QWidget *m_buttons;
    Button *m_results = nullptr;
    Button *m_messages = nullptr;
    Button *m_jobs = nullptr;
    Button *m_panels = nullptr; // in place of the three in narrow windows
    QList<QAction *> m_panelActions;
    int m_runningJobs = 0;
    int m_problems = 0;
    QWidget *m_words = nullptr;
    QWidget *m_icon;
    TextLabel *m_strong;
    ElidedLabel *m_sentence;
    QWidget *m_facts;
    Button *m_database;
    Button *m_endpoint;
    Chip *m_mode;
    Chip *m_superuser;
    Chip *m_transaction;
    TransactionWords m_transactionWords;
    TextLabel *m_latency;
    QString m_iconName;
    QString m_reason;
};

} // namespace ui
