// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/rowsource.h"

#include <QPointer>
#include <QWidget>

class QPlainTextEdit;
class QStackedWidget;

namespace core {
class JsonTreeModel;
}

namespace ui {

class Button;
class Chip;
class ElidedLabel;
class HexView;
class JsonView;
class Note;
class SegmentedControl;
class StatePage;
class TextLabel;

// One cell, whole: as a JSON tree, as text, as bytes; its type and size. Keeps a copy of the value,
// so that it stays when the row is scrolled away. A value that was cut says so and offers the whole
// one. GUI thread.
class CellInspector : public QWidget
{
    Q_OBJECT

public:
    explicit CellInspector(QWidget *parent = nullptr);
    ~CellInspector() override;

    // Null: nothing is chosen. A cell that is not here yet is shown when it arrives. The source is
    // borrowed.
    void setCell(core::RowSource *source, qint64 row, int column);
    void clear() { setCell(nullptr, 0, 0); }
    [[nodiscard]] qint64 row() const { return m_row; }
    [[nodiscard]] int column() const { return m_column; }

    // The answer to wholeValueWanted(); ignored if another cell is shown by now.
    void setWholeValue(qint64 row, int column, const QByteArray &bytes);
    // The answer if it could not be had: a sentence.
    void setWholeValueFailed(const QString &reason);

public slots:
    // The value as exact text.
    void copyValue();

signals:
    void wholeValueWanted(qint64 row, int column);

private:
    enum View { Tree, Text, Hex };
    void build();
    QWidget *buildHead();
    void attach(core::RowSource *source);
    void take();
    void showValue();
    void showView(int view);
    void showText();
    void showHex();
    void showNote();
    [[nodiscard]] QString sizeOf() const;

    QPointer<core::RowSource> m_source;
    qint64 m_row = 0;
    int m_column = 0;
    core::Column m_about;
    QByteArray m_bytes;
    qint64 m_fullSize = -1;
    core::Cell::State m_state = core::Cell::State::Missing;
    bool m_null = false;
    bool m_asked = false;
    QString m_failure;
    core::JsonTreeModel *m_json;
    ElidedLabel *m_name;
    Chip *m_type;
    ElidedLabel *m_size;
    QWidget *m_head;
    SegmentedControl *m_views;
    Button *m_copy;
    Note *m_note;
    QStackedWidget *m_stack;
    JsonView *m_tree;
    QPlainTextEdit *m_text;
    HexView *m_hex;
    StatePage *m_page;
    int m_chosen = -1; // view that a person chose; -1 = none
    bool m_choosing = false;
};

} // namespace ui
