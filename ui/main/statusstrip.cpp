// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/statusstrip.h"

#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/menu.h"
#include "ui/common/paint.h"
#include "ui/main/actions.h"

#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int spacing = 6; // of a QStatusBar

// A symbol that stands in a row of labels.
class StatusIcon : public QWidget
{
public:
    StatusIcon(const QString &name, QWidget *parent)
        : QWidget(parent)
        , m_name(name)
    {
        setFixedSize(14, 14);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(&painter, QRectF(rect()), m_name, theme(this).text2, layoutDirection());
    }

private:
    const QString &m_name;
};

} // namespace

StatusStrip::StatusStrip(Actions &actions, QWidget *parent)
    : QStatusBar(parent)
    , m_buttons(new QWidget(this))
    , m_icon(new StatusIcon(m_iconName, this))
    , m_strong(new TextLabel(QString(), TextRole::Heading, Ink::Text, this))
    , m_sentence(new ElidedLabel(QString(), TextRole::Body, Ink::Text2, this))
    , m_facts(new QWidget(this))
    , m_database(new Button(u"database"_s, QString(), Button::Kind::Flat, m_facts))
    , m_endpoint(new Button(u"direct"_s, QString(), Button::Kind::Flat, m_facts))
    , m_mode(new Chip(m_facts))
    , m_superuser(new Chip(Meaning::Warning, u"superuser"_s, tr("Superuser"), m_facts))
    , m_transaction(new Chip(m_facts))
    , m_latency(new TextLabel(QString(), TextRole::Body, Ink::Text2, m_facts))
{
    setObjectName(u"status"_s);
    setSizeGripEnabled(false);
    setFixedHeight(rowHeight(30));
    build(actions);
    setWriting(false);
    setTransaction(
        {Meaning::Neutral, {}, tr("No transaction"), tr("Nothing stays open between statements.")});
    setDatabase(nullptr);
}

void StatusStrip::build(Actions &actions)
{
    auto *left = new QHBoxLayout(m_buttons);
    left->setContentsMargins(6, 0, 0, 0);
    left->setSpacing(2);
    for (const QString &id : {u"view.resultsDock"_s, u"view.messagesDock"_s, u"view.jobsDock"_s}) {
        QAction *action = actions.action(id);
        auto *button = new Button(iconName(action->icon()), action->text().remove(u'&'),
                                  Button::Kind::Flat, m_buttons);
        button->setObjectName(u"status."_s + id.section(u'.', 1));
        button->setCompact(true);
        button->setCheckable(true);
        connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::toggled, button, &QAbstractButton::setChecked);
        left->addWidget(button);
        if (id == "view.resultsDock"_L1)
            m_results = button;
        else if (id == "view.messagesDock"_L1)
            m_messages = button;
        else if (id == "view.jobsDock"_L1)
            m_jobs = button;
        m_panelActions << action;
    }
    m_panels = new Button(u"dock-bottom"_s, tr("Panels"), Button::Kind::Flat, m_buttons);
    m_panels->setObjectName(u"status.panels"_s);
    m_panels->setCompact(true);
    connect(m_panels, &QAbstractButton::clicked, this, &StatusStrip::showPanelsMenu);
    left->addWidget(m_panels);
    buildFacts();

    m_words = new QWidget(this);
    auto *middle = new QHBoxLayout(m_words);
    middle->setContentsMargins(12, 0, 12, 0);
    middle->setSpacing(8);
    middle->addWidget(m_icon);
    middle->addWidget(m_strong);
    middle->addWidget(m_sentence, 1);
    addWidget(m_buttons);
    addWidget(m_words, 1);
    addPermanentWidget(m_facts);
}

void StatusStrip::buildFacts()
{
    const std::pair<QWidget *, QString> named[] = {
        {m_strong, u"status.strong"_s},           {m_sentence, u"status.sentence"_s},
        {m_database, u"status.database"_s},       {m_endpoint, u"status.endpoint"_s},
        {m_mode, u"status.readOnly"_s},           {m_superuser, u"status.superuser"_s},
        {m_transaction, u"status.transaction"_s}, {m_latency, u"status.latency"_s}};
    for (const auto &[widget, name] : named)
        widget->setObjectName(name);
    m_superuser->setToolTip(tr(
        "A superuser: read-only cannot stop everything. COPY TO PROGRAM, dblink and file functions "
        "act outside the transaction."));
    for (Chip *chip : {m_mode, m_transaction})
        chip->setClickable(true);
    auto *right = new QHBoxLayout(m_facts);
    right->setContentsMargins(0, 0, 12, 0);
    right->setSpacing(10);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_database, m_endpoint, m_mode,
                                                            m_superuser, m_transaction, m_latency})
        right->addWidget(widget);
    for (Button *button : {m_database, m_endpoint})
        button->setCompact(true);
    connect(m_endpoint, &QAbstractButton::clicked, this, &StatusStrip::endpointExplanationWanted);
    connect(m_mode, &Chip::clicked, this, &StatusStrip::modeExplanationWanted);
    connect(m_transaction, &Chip::clicked, this, &StatusStrip::transactionExplanationWanted);
}

void StatusStrip::setDatabase(core::OpenDatabase *database)
{
    if (m_shown)
        disconnect(m_shown, nullptr, this, nullptr);
    m_shown = database;
    if (database)
        connect(database, &core::OpenDatabase::connectionChanged, this, &StatusStrip::update);
    update();
}

void StatusStrip::setSentence(const QString &iconName, const QString &strong,
                              const QString &sentence)
{
    m_iconName = iconName;
    m_icon->setVisible(!iconName.isEmpty());
    m_icon->update();
    m_strong->setText(strong);
    m_strong->setVisible(!strong.isEmpty());
    m_sentence->setText(sentence);
}

void StatusStrip::setWriting(bool writing)
{
    m_mode->setState(writing ? Meaning::Warning : Meaning::ReadOnly,
                     writing ? u"writing"_s : u"read-only"_s,
                     writing ? tr("Writing on") : tr("Read-only"));
    m_mode->setToolTip(
        writing ? tr("Statements that change something are committed.")
                : tr("Every statement runs in a read-only transaction that is rolled back."));
    m_mode->setAccessibleName(m_mode->text());
    giveWay();
}

void StatusStrip::setTransaction(const TransactionWords &words)
{
    m_transactionWords = words;
    m_transaction->setToolTip(words.word + u'\n' + words.tip);
    m_transaction->setAccessibleName(words.word);
    giveWay();
}

QWidget *StatusStrip::endpointPlace() const
{
    return m_endpoint;
}

QWidget *StatusStrip::modePlace() const
{
    return m_mode;
}

QWidget *StatusStrip::transactionPlace() const
{
    return m_transaction;
}

void StatusStrip::setJobCount(int running)
{
    m_jobs->setFact(running > 0 ? QLocale().toString(running) : QString());
    m_runningJobs = running;
    countPanels();
}

void StatusStrip::setMessageCount(int problems)
{
    m_messages->setFact(problems > 0 ? QLocale().toString(problems) : QString());
    m_problems = problems;
    countPanels();
}

void StatusStrip::countPanels()
{
    const int count = m_runningJobs + m_problems;
    m_panels->setFact(count > 0 ? QLocale().toString(count) : QString());
    QStringList what;
    if (m_problems > 0)
        what << tr("%n problems", nullptr, m_problems);
    if (m_runningJobs > 0)
        what << tr("%n running jobs", nullptr, m_runningJobs);
    m_panels->setToolTip(what.join(u", "_s));
}

void StatusStrip::showPanelsMenu()
{
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"status.panelsMenu"_s);
    menu->setAccessibleName(tr("Panels"));
    menu->addActions(m_panelActions);
    menu->popup(m_panels->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void StatusStrip::update()
{
    m_facts->setVisible(m_shown);
    m_buttons->setVisible(m_shown);
    if (!m_shown)
        return;
    m_database->setText(QString(m_shown->name()).replace(u'&', "&&"_L1));
    m_database->setAccessibleName(tr("Database %1").arg(m_shown->name()));
    m_database->setIconName(m_shown->exposure().exposure == core::Exposure::Production
                                ? u"production"_s
                                : u"database"_s);
    const auto route = m_shown->connections().routeFor(core::Purpose::Query);
    // Where nothing may be sent, the endpoint there is and why not.
    const core::EndpointRole role = route ? route->endpoint.role : m_shown->database().any().role;
    const bool pooled = role == core::EndpointRole::Pooled;
    m_reason = route ? route->reason : route.error().message;
    m_endpoint->setIconName(pooled ? u"pooled"_s : u"direct"_s);
    m_endpoint->setText(core::roleName(role));
    m_endpoint->setToolTip(core::roleName(role) + u": "_s + m_reason);
    m_endpoint->setAccessibleName(tr("Endpoint %1, %2").arg(core::roleName(role), m_reason));
    m_superuser->setVisible(m_shown->serverInfo().superuser);
    const auto latency = m_shown->latency();
    m_latency->setText(latency ? formatDuration(*latency) : QString());
    m_latency->setToolTip(tr("Round trip of the last read"));
    giveWay();
}

void StatusStrip::giveWay()
{
    const bool narrow = width() < grown(900);
    for (Button *button : {m_results, m_messages, m_jobs})
        button->setVisible(!narrow);
    m_panels->setVisible(narrow);
    // Between them stand the words, at their least, and what the bar leaves around each.
    const int room =
        width() - m_buttons->sizeHint().width() - m_words->minimumSizeHint().width() - 4 * spacing;
    const auto fits = [this, room] { return m_facts->sizeHint().width() <= room; };
    m_endpoint->setFact(m_reason);
    m_latency->show();
    const TransactionWords &words = m_transactionWords;
    m_transaction->setState(words.meaning, words.iconName, words.word);
    if (!fits())
        m_endpoint->setFact({});
    if (!fits())
        m_latency->hide();
    if (!fits() && !words.shortWord.isEmpty())
        m_transaction->setState(words.meaning, words.iconName, words.shortWord);
}

void StatusStrip::resizeEvent(QResizeEvent *event)
{
    QStatusBar::resizeEvent(event);
    giveWay();
}

void StatusStrip::paintEvent(QPaintEvent *)
{
    const Theme &look = theme(this);
    QPainter painter(this);
    painter.fillRect(rect(), look.window);
    drawHairLine(&painter, QRectF(rect()), Qt::TopEdge, look.line);
}

} // namespace ui
