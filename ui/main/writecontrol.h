// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/connect/writeswitch.h"
#include "ui/common/theme.h"

#include <QObject>
#include <QPointer>
#include <QTime>

#include <functional>
#include <optional>

class QWidget;

namespace ui {

class Sheet;

// The write switch of the current database: asks what the database demands (nothing, a yes, its
// name) before it goes on, and tells when it went off by itself. The state is core's; this shows it
// and never guesses it.
class WriteControl : public QObject
{
    Q_OBJECT

public:
    WriteControl(core::WriteSwitch &writes, QWidget *window);

    // Before writing goes off by hand: `ask` may hold `go` back until a person has decided what
    // becomes of an open transaction.
    using BeforeOff = std::function<void(core::OpenDatabase &, std::function<void()> go)>;
    void setBeforeOff(BeforeOff ask) { m_beforeOff = std::move(ask); }

    void setDatabase(core::OpenDatabase *database);
    [[nodiscard]] core::WriteSwitch &writes() const { return m_writes; }
    [[nodiscard]] bool isWriting() const;
    // When the current database goes back to read-only by itself, in local time.
    [[nodiscard]] std::optional<QTime> until() const;

public slots:
    void toggle();
    void turnOff();
    // The project goes: everything off, without a question.
    void close();

signals:
    // Of the current database, or another one became current.
    void changed();
    void announced(ui::Meaning meaning, const QString &sentence, const QString &second);

private:
    void turnOn();
    [[nodiscard]] Sheet *makeSheet(const core::WriteQuestion &question);
    void grant(const core::WriteConsent &consent);
    void switched(const QString &database);

    core::WriteSwitch &m_writes;
    QWidget *m_window;
    QPointer<core::OpenDatabase> m_database;
    BeforeOff m_beforeOff;
    QStringList m_on; // names of databases that were known to be writable
    bool m_byHand = false;
};

} // namespace ui
