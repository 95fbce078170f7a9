// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/endpoint.h"

#include <QPointer>
#include <QWidget>

namespace core {
class OpenDatabase;
}

namespace ui {

class Button;
class FactLine;
class PoolerSearch;
class ProgressLine;

// One endpoint within its popover: what its address is taken for and why, which pooler answers
// there and by what evidence, and one button that finds it out, and while it does ends that.
class EndpointPart : public QWidget
{
    Q_OBJECT

public:
    // `name` is the object name of what is in it: "endpointPopover.direct".
    EndpointPart(core::OpenDatabase &database, const core::Endpoint &endpoint, const QString &name,
                 PoolerSearch &search, QWidget *parent);

    // As it is known now.
    void refresh();

private:
    void showAddress();
    void showAnswer();
    void press();

    QPointer<core::OpenDatabase> m_database;
    core::Endpoint m_endpoint; // as it was when this was made
    PoolerSearch &m_search;
    FactLine *m_address;
    FactLine *m_answer;
    ProgressLine *m_progress;
    Button *m_button;
};

} // namespace ui
