// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/bytescan.h"
#include "core/transfer/outbuffer.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using core::OutBuffer;

class TestOutBuffer : public QObject
{
    Q_OBJECT

private slots:
    void handsOverEverythingInOrder();
    void passesLargePiecesThrough();
    void dropsAfterAFailure();
    void scansLikeALoop();
};

void TestOutBuffer::handsOverEverythingInOrder()
{
    QByteArray written;
    qsizetype largest = 0;
    OutBuffer out(
        [&](QByteArrayView bytes) {
            written.append(bytes);
            largest = std::max(largest, bytes.size());
            return true;
        },
        0);
    QByteArray expected;
    QRandomGenerator random(1);
    for (int round = 0; round < 2000; ++round) {
        const QByteArray piece(random.bounded(3000), char('a' + round % 26));
        expected += piece;
        if (round % 3 == 0) {
            char *at = out.room(piece.size());
            std::ranges::copy(piece, at);
            out.commit(at + piece.size());
        } else {
            out.write(piece);
        }
        out.put('|');
        expected += '|';
        QCOMPARE(out.written(), expected.size());
    }
    QVERIFY(out.flush());
    QCOMPARE(written, expected);
    QVERIFY2(largest <= 2 * OutBuffer::largestPiece, "the buffer must not grow");
}

void TestOutBuffer::passesLargePiecesThrough()
{
    const QByteArray large(10'000'000, 'x');
    QList<QByteArray> pieces;
    OutBuffer out([&](QByteArrayView bytes) {
        pieces.append(bytes.toByteArray());
        return true;
    });
    out.put('a');
    out.write(large);
    out.put('b');
    out.flush();
    QCOMPARE(pieces.join(), 'a' + large + 'b');
    QCOMPARE(out.written(), large.size() + 2);
}

void TestOutBuffer::dropsAfterAFailure()
{
    int calls = 0;
    OutBuffer out(
        [&](QByteArrayView) {
            ++calls;
            return false;
        },
        0);
    const QByteArray piece(100'000, 'x');
    for (int round = 0; round < 100; ++round)
        out.write(piece);
    QVERIFY(!out.flush());
    QVERIFY(out.failed());
    QCOMPARE(calls, 1);
}

void TestOutBuffer::scansLikeALoop()
{
    using namespace core::bytescan;
    QRandomGenerator random(2);
    for (int round = 0; round < 50'000; ++round) {
        QByteArray text(random.bounded(70), 'x');
        for (int specials = random.bounded(3); specials > 0 && !text.isEmpty(); --specials)
            text[random.bounded(text.size())] = char(random.bounded(256));
        // Beyond its end stands something special, which must not be seen.
        const QByteArray padded = text + "\"\n";
        const char *begin = padded.constData();
        const char *end = begin + text.size();
        QCOMPARE(find<CsvSpecial>(begin, end), std::find_if(begin, end, CsvSpecial::test));
        QCOMPARE(find<JsonSpecial>(begin, end), std::find_if(begin, end, JsonSpecial::test));
        QCOMPARE(find<TextSpecial>(begin, end), std::find_if(begin, end, TextSpecial::test));
    }
}

QTEST_GUILESS_MAIN(TestOutBuffer)
#include "tst_outbuffer.moc"
