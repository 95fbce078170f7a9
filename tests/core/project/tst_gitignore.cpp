// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/gitignore.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestGitIgnore : public QObject
{
    Q_OBJECT

private slots:
    void globs_data();
    void globs();
    void patterns_data();
    void patterns();
    void levels();
    void noRepository();
};

void TestGitIgnore::globs_data()
{
    QTest::addColumn<QString>("glob");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *glob, const char *name, bool matches) {
        QTest::addRow("%s on %s", glob, name)
            << QString::fromUtf8(glob) << QString::fromUtf8(name) << matches;
    };
    row(".env", ".env", true);
    row(".env", ".env.local", false);
    row(".env*", ".env", true);
    row(".env*", ".env.local", true);
    row("*.local", ".env.local", true);
    row(".env.?", ".env.a", true);
    row(".env.?", ".env.ab", false);
    row(".env.[a-c]", ".env.b", true);
    row(".env.[!a-c]", ".env.b", false);
    row(".env.[^a-c]", ".env.d", true);
    row("[]x]", "]", true);
    row("[a", "[a", true);
    row("\\*", "*", true);
    row("\\*", "a", false);
    row("a*b*c", "axxbyyc", true);
    row("a*b*c", "axxbyy", false);
    row("*", "", true);
    row("", "", true);
    row("**", "abc", true);
    row("*a*a*a*a*a*a*a*a*a*b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false);
}

void TestGitIgnore::globs()
{
    QFETCH(QString, glob);
    QFETCH(QString, name);
    QFETCH(bool, matches);
    QCOMPARE(matchesGlob(glob, name), matches);
}

void TestGitIgnore::patterns_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("verdict"); // -1 nothing, 0 wanted, 1 ignored
    QTest::newRow("name anywhere") << ".env\n"_ba << u"a/b/.env"_s << 1;
    QTest::newRow("anchored") << "/.env\n"_ba << u"a/.env"_s << -1;
    QTest::newRow("anchored, here") << "/.env\n"_ba << u".env"_s << 1;
    QTest::newRow("inner slash anchors") << "a/.env\n"_ba << u"b/a/.env"_s << -1;
    QTest::newRow("two stars first") << "**/a/.env\n"_ba << u"b/c/a/.env"_s << 1;
    QTest::newRow("two stars inside") << "a/**/.env\n"_ba << u"a/.env"_s << 1;
    QTest::newRow("two stars inside, deep") << "a/**/.env\n"_ba << u"a/b/c/.env"_s << 1;
    QTest::newRow("two stars last") << "a/**\n"_ba << u"a/b"_s << 1;
    QTest::newRow("wanted back") << ".env*\n!.env.example\n"_ba << u".env.example"_s << 0;
    QTest::newRow("later wins") << "!.env\n.env\n"_ba << u".env"_s << 1;
    QTest::newRow("folders only") << ".env/\n"_ba << u".env"_s << -1;
    QTest::newRow("comment") << "#.env\n"_ba << u".env"_s << -1;
    QTest::newRow("escaped hash") << "\\#env\n"_ba << u"#env"_s << 1;
    QTest::newRow("trailing blanks") << ".env   \n"_ba << u".env"_s << 1;
    QTest::newRow("CRLF") << ".env\r\n"_ba << u".env"_s << 1;
}

void TestGitIgnore::patterns()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, path);
    QFETCH(int, verdict);
    const std::optional<bool> found = IgnorePatterns(text).verdict(path, false);
    QCOMPARE(found ? int(*found) : -1, verdict);
}

void TestGitIgnore::levels()
{
    QTemporaryDir top;
    const QDir dir(top.path());
    QVERIFY(dir.mkpath(u".git/info"_s) && dir.mkpath(u"app/secret"_s));
    const auto write = [&](const QString &name, const QByteArray &text) {
        QFile file(dir.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write(u".gitignore"_s, ".env\nsecret/\n"));
    QVERIFY(write(u".git/info/exclude"_s, ".env.mine\n"));
    QVERIFY(write(u"app/.gitignore"_s, "!.env\n!secret/.env\n"));
    const std::optional<GitIgnore> atTop =
        GitIgnore::ofFolder(QFileInfo(top.path()).canonicalFilePath());
    const std::optional<GitIgnore> inApp =
        GitIgnore::ofFolder(QFileInfo(dir.filePath(u"app"_s)).canonicalFilePath());
    QVERIFY(atTop && inApp);
    QVERIFY(atTop->ignores(u".env"_s));
    QVERIFY(atTop->ignores(u".env.mine"_s));
    QVERIFY(!atTop->ignores(u".env.local"_s));
    QVERIFY2(!inApp->ignores(u".env"_s), "the nearer file wins");
    QVERIFY(inApp->ignores(u".env.mine"_s));
    QVERIFY2(inApp->ignores(u"secret/.env"_s), "nothing comes back out of an ignored folder");
}

void TestGitIgnore::noRepository()
{
    QTemporaryDir top;
    QVERIFY(!GitIgnore::ofFolder(top.path()));
}

QTEST_APPLESS_MAIN(TestGitIgnore)
#include "tst_gitignore.moc"
