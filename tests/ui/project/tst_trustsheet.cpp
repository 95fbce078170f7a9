// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/connect/envsample.h"
#include "tests/ui/support/projecthome.h"
#include "tests/ui/support/sheetwindow.h"
#include "tests/ui/support/stillthemes.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"
#include "ui/project/trustsheet.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::Sheet;

namespace {

struct Asked {
    test::SheetWindow window;
    Sheet *sheet;

    explicit Asked(const core::Project &project, const core::DatabaseSet &databases,
                   const core::TrustQuestion &question)
        : sheet(ui::makeTrustSheet(&window, project, databases, question))
    {
    }
    bool open() { return window.open(sheet); }
    template<class Widget = ui::Button> Widget *find(const QString &name)
    {
        return sheet->findChild<Widget *>(name);
    }
    /// Every text in sight, one a line.
    [[nodiscard]] QString texts() const
    {
        QStringList all;
        for (const QLabel *label : sheet->findChildren<QLabel *>()) {
            if (label->isVisible())
                all << label->text();
        }
        return all.join(u'\n');
    }
};

core::Project realProject(test::ProjectHome &home)
{
    return home.read() ? home.project() : core::Project();
}

} // namespace

class TestTrustSheet : public QObject
{
    Q_OBJECT

private slots:
    void namesHostsUsersAndFiles();
    void saysThatThereIsNoAddress();
    void namesWhatChanged();
    void namesOtherParameters();
    void warnsOfForeignFolders();
    void harmlessChoiceHasTheFocus();
    void escapeIsNo();
    void trustIsYes();
    void enterOnTheFirstFocusIsNo();
    void hostileNamesArePlainText();
    void manyAddressesScroll();
    void neverShowsAPassword();

private:
    test::StillThemes m_themes;
};

void TestTrustSheet::namesHostsUsersAndFiles()
{
    test::ProjectHome home;
    QVERIFY(home.write(u".env"_s,
                       "# two addresses\nDATABASE_URL=postgres://ada@pool.example.com:6432/shop\n"
                       "DIRECT_URL=postgres://bob@db.example.com/shop?sslmode=require\n"));
    (void)realProject(home);
    Asked asked(home.project(), home.databases(), home.question());
    QVERIFY(asked.open());
    const QString texts = asked.texts();
    for (const QString &part :
         {u"ada@pool.example.com:6432"_s, u".env:2"_s, u"bob@db.example.com:5432"_s, u".env:3"_s,
          u"require"_s, ui::isolated(u"harbour"_s), ui::isolated(home.folder()), u"main, pooled"_s,
          u"main, direct"_s, u"no connection"_s, u"owned by you"_s})
        QVERIFY2(texts.contains(part), qPrintable(part + u" in\n"_s + texts));
}

void TestTrustSheet::saysThatThereIsNoAddress()
{
    test::ProjectHome home;
    (void)realProject(home);
    Asked asked(home.project(), home.databases(), home.question());
    QVERIFY(asked.open());
    QVERIFY(asked.texts().contains(u"It names no database address yet."_s));
}

void TestTrustSheet::namesWhatChanged()
{
    test::ProjectHome home;
    QVERIFY(home.write(u".env"_s, "DATABASE_URL=postgres://u@old.example.com/d\n"));
    QVERIFY(home.read() && home.trust());
    QVERIFY(home.write(u".env"_s, "DATABASE_URL=postgres://u@new.example.com/d\n"));
    QVERIFY(home.read());
    QCOMPARE(home.question().state, core::TrustQuestion::State::Changed);
    Asked asked(home.project(), home.databases(), home.question());
    QVERIFY(asked.open());
    const QList<ui::Note *> notes = asked.sheet->findChildren<ui::Note *>();
    QCOMPARE(notes.size(), 1);
    QVERIFY(notes.front()->sentence().contains(u"DATABASE_URL"_s));
    QCOMPARE(notes.front()->second(), ui::isolated(u"u@old.example.com:5432"_s) + u" → "_s
                                          + ui::isolated(u"u@new.example.com:5432"_s));
}

/// The place is the one that was agreed to.
void TestTrustSheet::namesOtherParameters()
{
    test::ProjectHome home;
    QVERIFY(home.write(u".env"_s, "DATABASE_URL=postgres://u:canary@h/d?sslmode=require\n"));
    QVERIFY(home.read() && home.trust());
    QVERIFY(home.write(u".env"_s, "DATABASE_URL=postgres://u:canary@h/d?sslmode=prefer\n"));
    QVERIFY(home.read());
    Asked asked(home.project(), home.databases(), home.question());
    QVERIFY(asked.open());
    const QList<ui::Note *> notes = asked.sheet->findChildren<ui::Note *>();
    QCOMPARE(notes.size(), 1);
    QCOMPARE(notes.front()->sentence(),
             u"The address in %1 has other parameters: sslmode was %2, is %3."_s.arg(
                 ui::isolated(u".env:1"_s), ui::isolated(u"require"_s), ui::isolated(u"prefer"_s)));
    QVERIFY(!asked.texts().contains(u"canary"_s));
}

void TestTrustSheet::warnsOfForeignFolders()
{
    const core::Project project = test::projectOfLines({u"DATABASE_URL=postgres://u@db/d"_s});
    core::TrustQuestion question;
    question.ownedByOther = true;
    question.owner = u"mallory"_s;
    Asked asked(project, core::pairDatabases(project), question);
    QVERIFY(asked.open());
    const auto *note = asked.sheet->findChild<ui::Note *>();
    QVERIFY(note);
    QCOMPARE(note->meaning(), ui::Meaning::Danger);
    QVERIFY(note->sentence().contains(u"mallory"_s));
}

void TestTrustSheet::harmlessChoiceHasTheFocus()
{
    test::ProjectHome home;
    (void)realProject(home);
    Asked asked(home.project(), home.databases(), home.question());
    QVERIFY(asked.open());
    QVERIFY(asked.find(u"trust.filesOnly"_s)->hasFocus());
    QCOMPARE(asked.find(u"trust.accept"_s)->kind(), ui::Button::Kind::Primary);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(asked.find(u"trust.accept"_s)->hasFocus());
}

void TestTrustSheet::escapeIsNo()
{
    test::ProjectHome home;
    (void)realProject(home);
    Asked asked(home.project(), home.databases(), home.question());
    QSignalSpy accepted(asked.sheet, &Sheet::accepted);
    QSignalSpy rejected(asked.sheet, &Sheet::rejected);
    QVERIFY(asked.open());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(rejected.count(), 1);
    QCOMPARE(accepted.count(), 0);
}

void TestTrustSheet::trustIsYes()
{
    test::ProjectHome home;
    (void)realProject(home);
    Asked asked(home.project(), home.databases(), home.question());
    QSignalSpy accepted(asked.sheet, &Sheet::accepted);
    QVERIFY(asked.open());
    QTest::mouseClick(asked.find(u"trust.accept"_s), Qt::LeftButton);
    QCOMPARE(accepted.count(), 1);
}

// Whoever presses Enter to get rid of a question has not answered it.
void TestTrustSheet::enterOnTheFirstFocusIsNo()
{
    test::ProjectHome home;
    (void)realProject(home);
    Asked asked(home.project(), home.databases(), home.question());
    QSignalSpy accepted(asked.sheet, &Sheet::accepted);
    QSignalSpy rejected(asked.sheet, &Sheet::rejected);
    QVERIFY(asked.open());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(accepted.count(), 0);
    QCOMPARE(rejected.count(), 1);
}

void TestTrustSheet::hostileNamesArePlainText()
{
    const QString hostile = u"<b>evil</b><img src=x>&amp;\n\u202Egnp.exe"_s;
    test::ProjectHome home(u"<b>x<img src=y>\"'\u202E"_s);
    QVERIFY(home.write(u".env"_s, "DATABASE_URL=postgres://u@db/d\n"));
    (void)realProject(home);
    core::TrustQuestion question = home.question();
    question.owner = hostile;
    question.ownedByOther = true;
    QVERIFY(!question.targets.empty());
    question.targets.front().target.user = hostile;
    question.targets.front().source.key = hostile;
    question.changes.push_back({{.file = hostile, .line = 1, .key = hostile},
                                question.targets.front().target,
                                question.targets.front().target});
    Asked asked(home.project(), home.databases(), question);
    QVERIFY(asked.open());
    const QList<QLabel *> labels = asked.sheet->findChildren<QLabel *>();
    QVERIFY(labels.size() > 5);
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
    const QString texts = asked.texts();
    QVERIFY2(texts.contains(hostile + u"@db:5432"_s), qPrintable(texts)); // letter by letter
    // Inside a sentence nothing may turn the rest of it round.
    QVERIFY(asked.sheet->title().contains(u"<b>x<img src=y>\"'\uFFFD"_s));
}

void TestTrustSheet::manyAddressesScroll()
{
    QStringList lines;
    for (int i = 0; i < 60; ++i)
        lines << u"A%1_DATABASE_URL=postgres://u@h%1/d"_s.arg(i);
    const core::Project project = test::projectOfLines(lines);
    core::TrustQuestion question;
    for (const core::UrlValue &value : project.values)
        question.targets.push_back({core::TrustTarget::of(*value.info), value.source, true});
    Asked asked(project, core::pairDatabases(project), question);
    QVERIFY(asked.open());
    const QWidget *accept = asked.find(u"trust.accept"_s);
    QVERIFY(accept->isVisible());
    QVERIFY(asked.window.rect().contains(
        QRect(accept->mapTo(&asked.window, QPoint()), accept->size())));
    QVERIFY(asked.texts().contains(u"u@h59:5432"_s));
}

void TestTrustSheet::neverShowsAPassword()
{
    test::ProjectHome home;
    QVERIFY(home.write(u".env"_s, "DATABASE_URL=postgres://u:s3cr3t@db/d\n"
                                  "VITE_DATABASE_URL=postgres://u:s3cr3t@db/d\n"));
    (void)realProject(home);
    Asked asked(home.project(), home.databases(), home.question());
    QVERIFY(asked.open());
    QVERIFY(!asked.texts().contains(u"s3cr3t"_s));
    for (const QWidget *widget : asked.sheet->findChildren<QWidget *>())
        QVERIFY(!(widget->toolTip() + widget->accessibleName()).contains(u"s3cr3t"_s));
}

QTEST_MAIN(TestTrustSheet)
#include "tst_trustsheet.moc"
