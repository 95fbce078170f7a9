// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/trustsheet.h"

#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"
#include "ui/common/paint.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("ui::TrustSheet", text, nullptr, n);
}

// One address in the card: symbol, database and role, user@host:port, file:line.
class TargetRow : public QWidget
{
public:
    TargetRow(const QString &iconName, const QString &name, const QString &target,
              const QString &place, QWidget *parent)
        : QWidget(parent)
        , m_iconName(iconName)
    {
        setFixedHeight(rowHeight(36));
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(38, 0, 12, 0);
        row->setSpacing(12);
        auto *first = new ElidedLabel(name, TextRole::Name, Ink::Text, this);
        first->setFixedWidth(grown(124));
        row->addWidget(first);
        row->addWidget(new ElidedLabel(target, TextRole::Mono, Ink::Text, this), 1);
        row->addWidget(new TextLabel(place, TextRole::Caption, Ink::Text2, this));
        setAccessibleName(name + u", "_s + target + u", "_s + place);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &look = theme(this);
        const QRect symbol =
            QStyle::visualRect(layoutDirection(), rect(), QRect(12, (height() - 16) / 2, 16, 16));
        paintIcon(&painter, symbol, m_iconName, look.text2, layoutDirection());
        if (y() > 1)
            drawHairLine(&painter, QRectF(rect()), Qt::TopEdge, look.line);
    }

private:
    QString m_iconName;
};

class Card : public QWidget
{
public:
    explicit Card(QWidget *parent)
        : QWidget(parent)
        , m_rows(new QVBoxLayout(this))
    {
        m_rows->setContentsMargins(1, 1, 1, 1);
        m_rows->setSpacing(0);
    }
    void add(QWidget *row) { m_rows->addWidget(row); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &look = theme(this);
        drawBox(&painter, QRectF(rect()), popupRadius, look.base, look.line);
    }

private:
    QVBoxLayout *m_rows;
};

/// Which database and role an address of the question belongs to.
QString nameOf(const core::DatabaseSet &databases, const core::SourceLocation &source,
               QString *iconName)
{
    for (const core::Database &database : databases.databases) {
        for (const auto &endpoint : {database.pooled, database.direct}) {
            if (!endpoint || !(endpoint->source == source))
                continue;
            *iconName = endpoint->role == core::EndpointRole::Pooled ? u"pooled"_s : u"direct"_s;
            return database.pooled && database.direct
                       ? tr("%1, %2").arg(database.name, core::roleName(endpoint->role).toLower())
                       : database.name;
        }
    }
    *iconName = u"direct"_s;
    return source.key;
}

void addTargets(Sheet *sheet, const core::DatabaseSet &databases,
                const core::TrustQuestion &question)
{
    if (question.targets.empty()) {
        sheet->content()->addWidget(plainLabel(tr("It names no database address yet."), sheet));
        return;
    }
    sheet->content()->addWidget(headingLabel(tr("Trusting it lets Sluice connect to"), sheet));
    auto *card = new Card(sheet);
    card->setObjectName(u"trust.targets"_s);
    for (const core::TrustQuestion::Target &target : question.targets) {
        QString iconName;
        const QString name = nameOf(databases, target.source, &iconName);
        card->add(new TargetRow(iconName, name, target.target.text(), target.source.text(), card));
    }
    sheet->content()->addWidget(card);
}

// What differs from what was agreed to, beside the one that is now.
Note *changeNote(const core::TrustQuestion::Change &change, QWidget *parent)
{
    const core::TrustTarget &before = change.before;
    const core::TrustTarget &now = change.now;
    const QString place = isolated(change.source.text());
    const QString sentence =
        tr("%1 in %2 names another place than before.").arg(isolated(change.source.key), place);
    if (before.host != now.host || before.port != now.port || before.user != now.user)
        return new Note(Meaning::Warning, sentence,
                        tr("%1 → %2").arg(isolated(before.text()), isolated(now.text())), parent);
    const auto mode = [](const core::TrustTarget &target) {
        return target.sslmode.isEmpty() ? tr("not set") : isolated(target.sslmode);
    };
    return new Note(Meaning::Warning,
                    tr("The address in %1 has other parameters: sslmode was %2, is %3.")
                        .arg(place, mode(before), mode(now)),
                    isolated(now.text()), parent);
}

void addNotes(Sheet *sheet, const core::DatabaseSet &databases, const core::TrustQuestion &question)
{
    for (const core::TrustQuestion::Change &change : question.changes) {
        Note *note = changeNote(change, sheet);
        note->setIconName(u"swap"_s);
        sheet->content()->addWidget(note);
    }
    if (question.ownedByOther) {
        sheet->content()->addWidget(
            new Note(Meaning::Danger,
                     tr("The folder belongs to another user, %1.").arg(isolated(question.owner)),
                     tr("Whoever owns it can change the addresses at any time."), sheet));
    }
    int shown = 0;
    for (const core::ProjectWarning &warning : databases.warnings) {
        const bool grave = warning.kind == core::ProjectWarning::Kind::BrowserLeak
                           || warning.kind == core::ProjectWarning::Kind::GitWouldCommit
                           || warning.kind == core::ProjectWarning::Kind::ReadDifferently;
        if (!grave || ++shown > 2)
            continue;
        sheet->content()->addWidget(
            new Note(Meaning::Warning, warning.text, warning.advice, sheet));
    }
}

} // namespace

Sheet *makeTrustSheet(QWidget *anchor, const core::Project &project,
                      const core::DatabaseSet &databases, const core::TrustQuestion &question)
{
    auto *sheet = new Sheet(anchor, Sheet::Width::Small);
    sheet->setObjectName(u"trustSheet"_s);
    sheet->setIconName(u"production"_s);
    sheet->setTitle(tr("Trust the folder “%1”?").arg(isolated(project.name)));
    sheet->setSubtitle(tr("So far Sluice has read its files and nothing else: no connection, no "
                          "name look-up, no program started."));
    addTargets(sheet, databases, question);
    addNotes(sheet, databases, question);
    const QString owner = question.ownedByOther ? tr("owned by %1").arg(isolated(question.owner))
                                                : tr("owned by you");
    auto *folder = new TextLabel(
        tr("Folder %1, %2. If a host, port, user or TLS mode changes, Sluice asks again.")
            .arg(isolated(project.folder), owner),
        TextRole::Body, Ink::Text2, sheet);
    folder->makeParagraph();
    folder->setObjectName(u"trust.folder"_s);
    sheet->content()->addWidget(folder);
    sheet->cancelButton()->setText(tr("Look at files only"));
    sheet->cancelButton()->setObjectName(u"trust.filesOnly"_s);
    Button *trust = sheet->addPrimary(tr("Trust and connect"));
    trust->setObjectName(u"trust.accept"_s);
    sheet->setFirstFocus(sheet->cancelButton());
    return sheet;
}

} // namespace ui
