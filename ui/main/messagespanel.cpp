// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/messagespanel.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/readingmargins.h"

#include <QPainter>
#include <QPointer>
#include <QScrollBar>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int mostEntries = 500;
constexpr int leastWidth = 180;

} // namespace

class MessagesPanel::Entry : public QWidget
{
public:
    Entry(Meaning meaning, const QString &iconName, const QString &sentence, const QString &second,
          QWidget *parent)
        : QWidget(parent)
        , m_meaning(meaning)
        , m_iconName(iconName)
        , m_words(new QVBoxLayout(this))
    {
        setReadingMargins(this, {40, 10, 12, 10});
        m_words->setSpacing(2);
        auto *first = new TextLabel(sentence, TextRole::Name, Ink::Text, this);
        first->makeParagraph();
        m_words->addWidget(first);
        if (!second.isEmpty())
            addLine(second, Ink::Text2);
        setAccessibleName(sentence);
    }

    void addLine(const QString &text, Ink ink)
    {
        auto *line = new TextLabel(text, TextRole::Body, ink, this);
        line->makeParagraph();
        m_words->addWidget(line);
    }
    void addAdvice(const QString &text)
    {
        addLine(text, Ink::Text);
        m_advice = m_words->itemAt(m_words->count() - 1)->widget();
    }
    void removeAdvice() { delete m_advice; }
    [[nodiscard]] bool says(const QString &text) const
    {
        const auto labels = findChildren<TextLabel *>();
        return std::ranges::any_of(
            labels, [&text](const TextLabel *label) { return label->text() == text; });
    }
    Button *addLink(const QString &text)
    {
        auto *link = new Button(text, Button::Kind::Link, this);
        link->setObjectName(u"messages.go"_s);
        m_words->addWidget(link, 0, Qt::AlignLeading);
        return link;
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &look = theme(this);
        QPainter painter(this);
        drawHairLine(&painter, QRectF(rect()), Qt::BottomEdge, look.gridline);
        const QRect symbol = QStyle::visualRect(layoutDirection(), rect(), QRect(14, 12, 16, 16));
        paintIcon(&painter, symbol, m_iconName, look.tone(m_meaning).ink, layoutDirection());
    }

private:
    Meaning m_meaning;
    QString m_iconName;
    QVBoxLayout *m_words;
    QPointer<QWidget> m_advice;
};

MessagesPanel::MessagesPanel(QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(u"messages"_s);
    setAccessibleName(tr("Messages"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setMinimumWidth(grown(leastWidth)); // for words, in a narrow window too
    auto *body = new QWidget(this);
    body->setObjectName(u"messages.body"_s);
    body->setBackgroundRole(QPalette::Base);
    body->setAutoFillBackground(true);
    m_column = new QVBoxLayout(body);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addStretch();
    setWidget(body);
    // New messages are at the end; the view follows while nobody has scrolled away from it.
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this,
            [this](int value) { m_following = value == verticalScrollBar()->maximum(); });
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int, int maximum) {
        if (m_following)
            verticalScrollBar()->setValue(maximum);
    });
}

MessagesPanel::Entry *MessagesPanel::add(Meaning meaning, const QString &iconName,
                                         const QString &sentence, const QString &second)
{
    if (m_column->count() > mostEntries)
        delete m_column->itemAt(0)->widget();
    auto *entry = new Entry(meaning, iconName, sentence, second, widget());
    entry->setObjectName(u"messages.entry%1"_s.arg(++m_entries));
    m_column->insertWidget(m_column->count() - 1, entry);
    return entry;
}

void MessagesPanel::addNote(Meaning meaning, const QString &iconName, const QString &sentence,
                            const QString &second)
{
    add(meaning, iconName, sentence, second);
}

int MessagesPanel::addError(const core::Error &error, const QString &place, bool canGo)
{
    QString where = place;
    if (!error.place.isEmpty())
        where += (where.isEmpty() ? QString() : u" "_s) + error.place;
    if (error.server && !error.server->sqlState.isEmpty())
        where += u' ' + tr("Server code %1.").arg(QString::fromLatin1(error.server->sqlState));
    Entry *entry = add(Meaning::Danger, u"error"_s, error.message, where.trimmed());
    if (error.server && !error.server->detail.isEmpty())
        entry->addLine(error.server->detail, Ink::Text2);
    if (error.server && !error.server->hint.isEmpty())
        entry->addLine(error.server->hint, Ink::Text);
    if (!error.advice.isEmpty() && (!error.server || error.advice != error.server->hint))
        entry->addAdvice(error.advice);
    if (canGo)
        connect(entry->addLink(tr("Go to line")), &QAbstractButton::clicked, this,
                &MessagesPanel::goWanted);
    emit problemCountChanged(++m_problems);
    return m_entries;
}

void MessagesPanel::addExplanation(int message, const core::Explanation &explanation)
{
    auto *entry =
        static_cast<Entry *>(widget()->findChild<QWidget *>(u"messages.entry%1"_s.arg(message)));
    if (!entry)
        return;
    entry->removeAdvice(); // the doctor's is better
    if (!explanation.why.isEmpty() && explanation.why != entry->accessibleName())
        entry->addLine(explanation.why, Ink::Text2);
    if (!explanation.fixes.empty() && !entry->says(explanation.fixes.front().sentence))
        entry->addLine(explanation.fixes.front().sentence, Ink::Text);
    Button *link = entry->addLink(tr("Explain"));
    link->setObjectName(u"messages.explain"_s);
    link->setAccessibleName(tr("Explain: %1").arg(explanation.title));
    connect(link, &QAbstractButton::clicked, this,
            [this, explanation] { emit explainWanted(explanation); });
}

void MessagesPanel::addNotice(const core::ServerReport &notice)
{
    const bool warning = notice.severity == "WARNING"_L1;
    add(warning ? Meaning::Warning : Meaning::Info, warning ? u"warning"_s : u"info"_s,
        notice.message, QStringList{notice.detail, notice.hint}.join(u' ').trimmed());
}

void MessagesPanel::clear()
{
    while (m_column->count() > 1)
        delete m_column->itemAt(0)->widget();
    m_problems = 0;
    emit problemCountChanged(0);
}

} // namespace ui
