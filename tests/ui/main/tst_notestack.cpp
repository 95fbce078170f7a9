// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/note.h"
#include "ui/common/themecontroller.h"
#include "ui/main/notestack.h"

#include <QApplication>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using ui::Meaning;
using ui::NoteStack;

class TestNoteStack : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void hiddenWhileEmpty();
    void sameIdReplaces();
    void threeAtMostTheGravestFirst();
    void prefixesGoTogether();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

namespace {

QStringList inSight(const NoteStack &stack)
{
    QStringList names;
    for (const ui::Note *note : stack.findChildren<ui::Note *>()) {
        if (note->isVisible())
            names << note->objectName().section(u'.', 1);
    }
    names.sort();
    return names;
}

} // namespace

void TestNoteStack::hiddenWhileEmpty()
{
    QWidget window;
    auto *stack = new NoteStack(&window);
    window.show();
    QVERIFY(!stack->isVisible());
    stack->put(u"a"_s, Meaning::Info, u"A"_s, {});
    QVERIFY(stack->isVisible());
    stack->take(u"a"_s);
    QVERIFY(!stack->isVisible());
    stack->take(u"a"_s); // nothing there: nothing happens
}

void TestNoteStack::sameIdReplaces()
{
    QWidget window;
    auto *stack = new NoteStack(&window);
    window.show();
    ui::Note *note = stack->put(u"a"_s, Meaning::Info, u"first"_s, {});
    note->addButton(u"Go"_s);
    QCOMPARE(stack->put(u"a"_s, Meaning::Danger, u"second"_s, u"more"_s), note);
    QCOMPARE(note->sentence(), u"second"_s);
    QCOMPARE(stack->count(), 1);
}

void TestNoteStack::threeAtMostTheGravestFirst()
{
    QWidget window;
    auto *stack = new NoteStack(&window);
    window.show();
    for (const QString &id : {u"a"_s, u"b"_s, u"c"_s})
        stack->put(id, Meaning::Warning, id, {});
    stack->put(u"grave"_s, Meaning::Danger, u"grave"_s, {});
    QCOMPARE(inSight(*stack), (QStringList{u"a"_s, u"b"_s, u"grave"_s}));
    stack->take(u"a"_s);
    QTRY_COMPARE(inSight(*stack), (QStringList{u"b"_s, u"c"_s, u"grave"_s}));
}

void TestNoteStack::prefixesGoTogether()
{
    QWidget window;
    auto *stack = new NoteStack(&window);
    window.show();
    stack->put(u"env:a"_s, Meaning::Warning, u"1"_s, {});
    stack->put(u"env:b"_s, Meaning::Warning, u"2"_s, {});
    stack->put(u"lost:a"_s, Meaning::Warning, u"3"_s, {});
    stack->takeAll(u"env:"_s);
    QTRY_COMPARE(inSight(*stack), QStringList{u"lost:a"_s});
    stack->takeAll();
    QCOMPARE(stack->count(), 0);
}

QTEST_MAIN(TestNoteStack)
#include "tst_notestack.moc"
