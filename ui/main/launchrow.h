// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

class QPainter;

namespace ui {

class Button;

// A two-line row that is pressed as a whole: symbol, name and explanation, a second pair of words,
// a caption at the end.
class LaunchRow : public QAbstractButton
{
    Q_OBJECT

public:
    LaunchRow(const QString &iconName, const QString &name, const QString &explanation,
              QWidget *parent = nullptr);

    void setCaption(const QString &caption);
    // Beside the first pair where there is room, else in place of the explanation.
    void setSecond(const QString &name, const QString &explanation);
    void setIconName(const QString &iconName);
    // A button at the end, and the Delete key, that ask for removeWanted(). `name` names it; empty
    // takes both away.
    void setRemovable(const QString &name);
    [[nodiscard]] bool isRemovable() const { return m_remove; }
    void setDimmed(bool dimmed);
    // A gridline below the row; rows of a list have one, single choices have none.
    void setLined(bool lined);

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void removeWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void paintPair(QPainter *painter, const QRect &place, const QString &name,
                   const QString &explanation);
    void placeRemove();
    QString m_iconName;
    QString m_explanation;
    QString m_caption;
    QString m_secondName;
    QString m_secondExplanation;
    Button *m_remove = nullptr;
    bool m_dimmed = false;
    bool m_lined = false;
};

} // namespace ui
