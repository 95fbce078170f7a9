// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/finding.h"
#include "ui/common/theme.h"

#include <QAbstractButton>

namespace ui {

class FixList;

// The head of a card that folds: symbol, sentence, one line of caption, chevron. Space, Enter, Left
// and Right fold; Up and Down go to the neighbours.
class CardHead : public QAbstractButton
{
    Q_OBJECT

public:
    CardHead(Meaning meaning, const QString &iconName, const QString &sentence,
             const QString &caption, bool folds, QWidget *parent = nullptr);

    void setUnfolded(bool unfolded);
    // What is left to the card at the leading side, for its marker.
    void setMarkerWidth(int width) { m_markerWidth = width; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QRect textPlace(int width) const;

    QString m_iconName;
    QString m_caption;
    Meaning m_meaning;
    int m_markerWidth = 0;
    bool m_folds;
    bool m_unfolded = false;
};

// One thing that the doctor says: a failure that was asked about (unfolded, with a marker at its
// side) or what a check found (folded).
class DoctorCard : public QWidget
{
    Q_OBJECT

public:
    explicit DoctorCard(const core::Explanation &explanation, QWidget *parent = nullptr);
    explicit DoctorCard(const core::Finding &finding, QWidget *parent = nullptr);

    [[nodiscard]] const QByteArray &id() const { return m_id; }
    void setUnfolded(bool unfolded);
    [[nodiscard]] bool isUnfolded() const;

signals:
    void actionWanted(const QByteArray &action);
    void changeWanted(const core::Fix &fix);
    // The person has read it.
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void build(const QString &title, const QString &caption, const QString &why,
               const std::vector<core::Fix> &fixes, bool asked);

    QByteArray m_id;
    Meaning m_meaning = Meaning::Danger;
    QString m_iconName = QStringLiteral("error");
    bool m_asked = false;
    CardHead *m_head = nullptr;
    QWidget *m_more = nullptr; // null when there is nothing more to say
};

} // namespace ui
