// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/writecontrol.h"

#include "core/base/bootclock.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/sheet.h"
#include "ui/common/typedname.h"

#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

std::optional<QTime> localEnd(const core::WritePermit &permit)
{
    if (!permit.until())
        return std::nullopt;
    const auto left =
        std::chrono::ceil<std::chrono::seconds>(*permit.until() - core::BootClock::now());
    return QTime::currentTime().addSecs(int(left.count()));
}

} // namespace

WriteControl::WriteControl(core::WriteSwitch &writes, QWidget *window)
    : QObject(window)
    , m_writes(writes)
    , m_window(window)
{
    connect(&writes, &core::WriteSwitch::changed, this, &WriteControl::switched);
}

void WriteControl::setDatabase(core::OpenDatabase *database)
{
    m_database = database;
    emit changed();
}

bool WriteControl::isWriting() const
{
    return m_database && m_writes.permit(m_database->database());
}

std::optional<QTime> WriteControl::until() const
{
    const auto permit = m_database ? m_writes.permit(m_database->database()) : std::nullopt;
    return permit ? localEnd(*permit) : std::nullopt;
}

void WriteControl::toggle()
{
    if (isWriting())
        turnOff();
    else if (m_database)
        turnOn();
    emit changed(); // what a click moved by itself goes back
}

void WriteControl::turnOff()
{
    if (!m_database)
        return;
    const auto go = [this, name = m_database->name()] {
        m_byHand = true;
        m_writes.turnOff(name);
        m_byHand = false;
    };
    if (m_beforeOff)
        m_beforeOff(*m_database, go);
    else
        go();
}

void WriteControl::close()
{
    m_byHand = true;
    m_writes.turnOffAll();
    m_byHand = false;
    m_database = nullptr;
}

void WriteControl::turnOn()
{
    const core::WriteQuestion question = core::WriteSwitch::question(m_database->database());
    if (question.kind == core::WriteQuestion::Kind::Nothing)
        return grant({});
    makeSheet(question)->open();
}

Sheet *WriteControl::makeSheet(const core::WriteQuestion &question)
{
    const bool typed = question.kind == core::WriteQuestion::Kind::TypedName;
    auto *sheet = new Sheet(m_window, Sheet::Width::Small);
    sheet->setObjectName(u"writeSheet"_s);
    sheet->setIconName(typed ? u"production"_s : u"writing"_s,
                       typed ? Ink::Production : Ink::Warning);
    sheet->setProduction(typed);
    sheet->setTitle(tr("Allow writing to %1?").arg(isolated(question.name)));
    sheet->setSubtitle(tr("%1 at %2: %3.")
                           .arg(isolated(question.name),
                                isolated(m_database->database().any().info.host()),
                                question.reason));
    const QString always = tr("Statements of SQL editors that change something are then committed. "
                              "Grids stay read-only.");
    const QString ends =
        question.lasts ? tr("It ends by itself after %n minutes, and when the project is closed.",
                            nullptr, int(question.lasts->count()))
                       : tr("It ends when you turn it off, and when the project is closed.");
    for (const QString &text : {always, ends}) {
        auto *line = new TextLabel(text, TextRole::Body, Ink::Text, sheet);
        line->makeParagraph();
        sheet->content()->addWidget(line);
    }
    TypedName *name = nullptr;
    if (typed) {
        name = new TypedName(question.name, u"writeSheet"_s, sheet);
        sheet->content()->addWidget(name);
        sheet->setFirstFocus(name);
    }
    sheet->cancelButton()->setText(tr("Stay read-only"));
    Button *allow = sheet->addPrimary(tr("Allow writing"));
    allow->setObjectName(u"writeSheet.allow"_s);
    if (name) {
        allow->setEnabled(false);
        name->setNext(allow);
        connect(name, &TypedName::matchChanged, allow, &QWidget::setEnabled);
    }
    connect(sheet, &Sheet::accepted, this, [this, name] {
        grant({.agreed = true, .typedName = name ? name->typed() : QString()});
    });
    return sheet;
}

void WriteControl::grant(const core::WriteConsent &consent)
{
    if (!m_database)
        return;
    const auto permit = m_writes.turnOn(m_database->database(), consent);
    if (!permit)
        emit announced(Meaning::Danger, permit.error().message, permit.error().place);
}

void WriteControl::switched(const QString &database)
{
    const bool current = m_database && m_database->name() == database;
    const bool on = current && isWriting();
    if (on && !m_on.contains(database)) {
        m_on << database;
        const auto end = until();
        emit announced(Meaning::Warning, tr("Writing is on for %1.").arg(isolated(database)),
                       end ? tr("Until %1, or until you close the project.")
                                 .arg(QLocale().toString(*end, u"HH:mm"_s))
                           : tr("Until you turn it off or close the project."));
    } else if (!on && m_on.removeOne(database)) {
        emit announced(Meaning::Info, tr("%1 is read-only again.").arg(isolated(database)),
                       m_byHand ? QString() : tr("The time for writing is over."));
    }
    emit changed();
}

} // namespace ui
