// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/project/overviewrows.h"

#include <QAbstractItemModel>
#include <QTime>
#include <QTimer>

namespace ui {

// An Overview as a tree of two levels: groups (spanning all columns), and their rows in four
// columns. Holds the secrets and hands out at most one of them, in DisplayRole alone, for a minute
// after reveal(); no tooltip and no accessible text ever has one.
class OverviewModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column : int { NameColumn, AddressColumn, PlaceColumn, ActionColumn, columnCountOf };
    enum Role : int {
        IconNameRole = Qt::UserRole, // QString
        MeaningRole,                 // int(Meaning): of the symbol, or in ActionColumn of the words
        StruckRole,                  // bool
        WordsRole,                   // QString, of a group
        DatabaseRole,                // QString, of a group
        PathRole,                    // QString, relative to the folder
        LineRole,                    // int
        HasSecretRole,               // bool
        RevealedRole,                // bool
        MonoRole,                    // bool: the cell's text is an address, a key or a place
        QuietRole,                   // bool: it explains, in Text 2
        EndpointRole,                // int(core::EndpointRole), of an endpoint in use
    };

    static constexpr std::chrono::seconds revealTime{60};

    explicit OverviewModel(QObject *parent = nullptr);

    void setOverview(Overview overview);
    [[nodiscard]] const Overview &overview() const { return m_overview; }
    [[nodiscard]] std::vector<OverviewChip> chips(const QModelIndex &group) const;

    // Shows the password of this row for a minute, and hides the one that was shown. An index
    // without a secret hides only.
    void reveal(const QModelIndex &row);
    void conceal();
    // Null where nothing is shown.
    [[nodiscard]] QModelIndex revealed() const;
    // For the clipboard, and nothing else: the whole address with its password.
    [[nodiscard]] QString secret(const QModelIndex &row) const;
    [[nodiscard]] QString maskedUrl(const QModelIndex &row) const;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

signals:
    void revealedChanged();

private:
    [[nodiscard]] const OverviewRow *rowOf(const QModelIndex &index) const;
    [[nodiscard]] const OverviewGroup *groupOf(const QModelIndex &index) const;
    [[nodiscard]] QVariant groupData(const OverviewGroup &group, int column, int role) const;
    [[nodiscard]] QVariant rowData(const OverviewRow &row, const QModelIndex &index,
                                   int role) const;
    [[nodiscard]] QString text(const OverviewRow &row, const QModelIndex &index) const;
    void rowChanged(const QModelIndex &row);

    Overview m_overview;
    QPersistentModelIndex m_revealed; // of NameColumn
    QTime m_hides;
    QTimer m_timer;
};

} // namespace ui
