// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/connect/writeswitch.h"
#include "core/session/heldstate.h"
#include "ui/common/theme.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace ui {

class Document;

// The transaction chip: symbol, word and what it means.
struct TransactionWords {
    Meaning meaning = Meaning::Neutral;
    QString iconName;
    QString word;
    QString tip;
    QString shortWord = {}; // where there is little room; empty = `word`
    bool operator==(const TransactionWords &) const = default;
};

// What is open in the sessions in which people write: watches the databases of the window, knows
// which tab opened a transaction (it reserves the session for that tab), ends transactions on
// request, and tells when a connection went with what it held.
class Transactions : public QObject
{
    Q_OBJECT

public:
    // From then on an open transaction counts as forgotten: it keeps locks for nobody.
    static constexpr std::chrono::minutes forgottenAfter{1};

    // What ends a transaction by COMMIT writes: it needs the switch to be on.
    explicit Transactions(core::WriteSwitch &writes, QObject *parent = nullptr);

    void watch(core::OpenDatabase &database);
    // Of the session in which people write; nothing where there is none yet.
    [[nodiscard]] core::HeldState held(const core::OpenDatabase *database) const;
    // The tab that opened what is open; null where nothing is, or the tab is gone.
    [[nodiscard]] Document *owner(const core::OpenDatabase *database) const;
    // A run of this tab has ended, with this transaction open or none.
    void ran(core::OpenDatabase &database, core::TransactionNumber number, Document *tab);
    [[nodiscard]] bool isIdleForLong(const core::OpenDatabase *database) const;
    // As `viewer` sees it; null = nobody's view.
    [[nodiscard]] TransactionWords words(const core::OpenDatabase *database,
                                         const Document *viewer) const;
    // Tables that the open transaction keeps locks on, as far as it was asked for.
    [[nodiscard]] QStringList lockedTables(const core::OpenDatabase *database) const;
    void askLocks(core::OpenDatabase &database);

    // COMMIT or ROLLBACK; finished() says how it went.
    void end(core::OpenDatabase &database, bool commit);

signals:
    // Opened, used, failed, ended; and every second while one is open.
    void changed(core::OpenDatabase *database);
    void finished(core::OpenDatabase *database, bool commit, const core::Result<> &outcome);
    void lost(core::OpenDatabase *database, const core::HeldState &state, const core::Error &error);

private:
    struct Open {
        QPointer<core::OpenDatabase> database;
        QPointer<core::SessionThread> session;
        core::HeldState held;
        QPointer<Document> owner;
        core::TransactionNumber ownedNumber = core::TransactionNumber::None;
        QElapsedTimer rest; // since the last statement
        QStringList locks;
        bool locksAsked = false;
    };
    void watchSession(core::OpenDatabase &database, core::SessionThread *session);
    void take(core::OpenDatabase *database, core::SessionThread *session,
              const core::HeldState &held);
    void tick();

    core::WriteSwitch &m_writes;
    QHash<const core::OpenDatabase *, Open> m_open;
    QTimer m_seconds; // while a transaction is open
};

} // namespace ui
