// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"

#include <QPointer>
#include <QStatusBar>

namespace ui {

class Actions;
class Button;
class Chip;
class ElidedLabel;
class TextLabel;

// The last row of the window. Left: Results, Messages, Jobs. Right: database, endpoint and why,
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

signals:
    void endpointExplanationWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void build(Actions &actions);
    void update();
    void giveWay();

    QPointer<core::OpenDatabase> m_shown;
    QWidget *m_buttons;
    Button *m_results = nullptr;
    Button *m_messages = nullptr;
    Button *m_jobs = nullptr;
    QWidget *m_icon;
    TextLabel *m_strong;
    ElidedLabel *m_sentence;
    QWidget *m_facts;
    Button *m_database;
    Button *m_endpoint;
    Chip *m_readOnly;
    Chip *m_superuser;
    TextLabel *m_transaction;
    TextLabel *m_latency;
    QString m_iconName;
    QString m_reason;
};

} // namespace ui
