// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/poolerfindings.h"
#include "core/connect/savedconnections.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace ui {

// The project's tree: Databases → database → endpoint; saved connections that are not among them;
// Left out → value; queries → file. Small
// (hundreds of rows) and rebuilt as a whole. Texts are plain; passwords are never in it.
class ProjectModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum class Kind : quint8 {
        Databases,
        Database,
        Endpoint,
        LeftOut,
        Value,
        Files,
        File,
        SavedGroup,
        Saved
    };
    enum Role : int {
        KindRole = Qt::UserRole,
        DatabaseRole, // QString
        EndpointRole, // int(core::EndpointRole) of an Endpoint
        PathRole,     // QString, absolute, of a File
        SavedIdRole   // QString, of a Saved and of a Database that is one
    };

    explicit ProjectModel(QObject *parent = nullptr);
    ~ProjectModel() override;

    void setProject(const core::Project &project, const core::DatabaseSet &databases,
                    const QStringList &files);
    // Shown by the next setProject().
    void setSaved(const std::vector<core::SavedConnection> &saved);
    // Nothing is known of any endpoint after it.
    void clear();
    // What is known of a database's endpoints, in their rows.
    void setPoolers(const QString &database, const core::PoolerFindings &findings);
    void setCurrentDatabase(const QString &name);

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Node;
    Node *add(Node *parent, Kind kind, const QString &name, const QString &fact,
              const QString &iconName);
    void addDatabase(Node *parent, const core::Database &database);
    void dressEndpoint(Node &row) const;
    void addSaved(const core::DatabaseSet &databases);
    void addLeftOut(const core::DatabaseSet &databases);
    void addFiles(const core::Project &project, const QStringList &files);

    std::unique_ptr<Node> m_root;
    std::vector<core::SavedConnection> m_saved;
    std::map<QString, core::PoolerFindings> m_poolers; // by database
    QString m_current;
};

} // namespace ui
