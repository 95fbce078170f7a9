// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/production.h"
#include "core/session/writepermit.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <vector>

namespace core {

/// What a person has to answer before writing is switched on (DESIGN 5).
struct WriteQuestion {
    enum class Kind : quint8 {
        Nothing,   ///< local: on at once
        Consent,   ///< remote: yes or no
        TypedName, ///< production: its name, typed
    };
    Kind kind = Kind::Nothing;
    Exposure exposure = Exposure::Local;
    QString name = {};   ///< to be typed: the database's name on its server
    QString text = {};   ///< the question as one sentence; empty for Nothing
    QString reason = {}; ///< why it is remote or production
    std::optional<std::chrono::minutes> lasts = {}; ///< by itself; nullopt = until turned off
    bool operator==(const WriteQuestion &) const = default;
};

/// A person's answer.
struct WriteConsent {
    bool agreed = false;
    QString typedName = {};
    /// Instead of WriteQuestion::lasts; on production never more than longestOnProduction.
    std::optional<std::chrono::milliseconds> lasts = {};
    bool operator==(const WriteConsent &) const = default;
};

/// The writing switches of one project's databases: all off at the start, each turned on by a
/// person's answer and off by hand, by its time or with this object. Lives in one thread; the
/// permits it makes may go anywhere.
class WriteSwitch : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::minutes usualOnProduction{15};
    static constexpr std::chrono::hours longestOnProduction{8};

    explicit WriteSwitch(QObject *parent = nullptr);
    ~WriteSwitch() override;

    [[nodiscard]] static WriteQuestion question(const Database &database);
    /// Turned on again, the old permit ends and the time begins anew. Errors (kind Consent):
    /// write.needsConsent, write.needsName, write.wrongName.
    [[nodiscard]] Result<WritePermit> turnOn(const Database &database, const WriteConsent &consent);
    void turnOff(const QString &database);
    void turnOffAll();
    /// While it is on, and for the very places that it was turned on for.
    [[nodiscard]] std::optional<WritePermit> permit(const Database &database) const;

signals:
    /// On, off or over.
    void changed(const QString &database);

private:
    void endOver();
    void schedule();

    std::vector<WritePermit> m_permits;
    QTimer m_next; ///< the end that comes first
};

} // namespace core
