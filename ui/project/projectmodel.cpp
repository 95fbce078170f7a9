// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/projectmodel.h"

#include "core/connect/production.h"
#include "ui/common/format.h"
#include "ui/common/treedelegate.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

struct ProjectModel::Node {
    Node *parent = nullptr;
    int row = 0;
    Kind kind = Kind::Databases;
    QString name;
    QString fact;
    QString iconName;
    QString tip;
    QString database;
    QString path;
    QString savedId;
    core::EndpointRole role = core::EndpointRole::Direct;
    std::optional<core::Endpoint> endpoint; // of it what is no secret
    QString ownTip;                         // without what was found out
    Meaning meaning = Meaning::Neutral;
    bool dimmed = false;
    std::vector<std::unique_ptr<Node>> children;
};

namespace {

QString endpointsFact(const core::Database &database)
{
    if (database.pooled && database.direct)
        return ProjectModel::tr("pooled + direct");
    return database.pooled ? ProjectModel::tr("pooled only") : ProjectModel::tr("direct only");
}

QString endpointTip(const core::Endpoint &endpoint)
{
    QStringList lines{endpoint.info.url(),
                      ProjectModel::tr("%1 in %2").arg(endpoint.source.key, endpoint.source.text()),
                      core::roleName(endpoint.role) + u": "_s + endpoint.reason};
    for (const core::ConnChange &change : endpoint.info.changes)
        lines << u"%1: %2"_s.arg(QString::fromUtf8(change.key), change.reason);
    return lines.join(u'\n');
}

core::Endpoint withoutSecrets(const core::Endpoint &endpoint)
{
    core::Endpoint plain;
    plain.role = endpoint.role;
    plain.reason = endpoint.reason;
    plain.source = endpoint.source;
    plain.info = endpoint.info;
    plain.info.keywords.erase("password"_ba);
    return plain;
}

} // namespace

ProjectModel::ProjectModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

ProjectModel::~ProjectModel() = default;

ProjectModel::Node *ProjectModel::add(Node *parent, Kind kind, const QString &name,
                                      const QString &fact, const QString &iconName)
{
    auto node = std::make_unique<Node>();
    node->parent = parent;
    node->row = int(parent->children.size());
    node->kind = kind;
    node->name = name;
    node->fact = fact;
    node->iconName = iconName;
    node->tip = name;
    parent->children.push_back(std::move(node));
    return parent->children.back().get();
}

void ProjectModel::addDatabase(Node *parent, const core::Database &database)
{
    const core::ExposureFinding finding = core::exposureOf(database);
    const bool production = finding.exposure == core::Exposure::Production;
    Node *node = add(parent, Kind::Database, database.name,
                     production ? tr("production") : endpointsFact(database),
                     production ? u"production"_s : u"database"_s);
    node->database = database.name;
    node->savedId = database.any().source.savedId;
    node->meaning = production ? Meaning::Production : Meaning::Neutral;
    node->tip = finding.reason.isEmpty() ? database.name : database.name + u'\n' + finding.reason;
    for (const auto &endpoint : {database.pooled, database.direct}) {
        if (!endpoint)
            continue;
        Node *row = add(
            node, Kind::Endpoint,
            u"%1:%2"_s.arg(endpoint->info.host(), QString::number(endpoint->info.port())), {}, {});
        row->database = database.name;
        row->role = endpoint->role;
        row->ownTip = endpointTip(*endpoint);
        row->endpoint = withoutSecrets(*endpoint);
        dressEndpoint(*row);
    }
}

/// By its address, and by what was found out about it.
void ProjectModel::dressEndpoint(Node &row) const
{
    const core::Endpoint &endpoint = *row.endpoint;
    const auto known = m_poolers.find(row.database);
    const core::PoolerFindings findings =
        known == m_poolers.end() ? core::PoolerFindings() : known->second;
    const core::PoolerFinding *found = findings.of(endpoint);
    const core::Standing standing = core::standingOf(endpoint, findings);
    const bool lends =
        standing == core::Standing::Pooled || standing == core::Standing::StatementPooler;
    const bool pooled = endpoint.role == core::EndpointRole::Pooled;
    row.iconName = pooled || lends ? u"pooled"_s : u"direct"_s;
    row.meaning = lends && !pooled ? Meaning::Warning : Meaning::Neutral;
    row.fact = found && found->kind != core::PoolerKind::None ? core::poolerText(*found)
                                                              : endpoint.source.text();
    QStringList lines{row.ownTip};
    if (found)
        lines << core::poolerName(*found) << found->evidence;
    lines.removeAll(QString());
    row.tip = lines.join(u'\n');
}

void ProjectModel::setPoolers(const QString &database, const core::PoolerFindings &findings)
{
    m_poolers.insert_or_assign(database, findings);
    if (m_root->children.empty())
        return;
    for (const std::unique_ptr<Node> &node : m_root->children.front()->children) {
        if (node->database != database)
            continue;
        for (const std::unique_ptr<Node> &row : node->children) {
            if (!row->endpoint)
                continue;
            dressEndpoint(*row);
            const QModelIndex changed = createIndex(row->row, 0, row.get());
            emit dataChanged(changed, changed);
        }
    }
}

void ProjectModel::setSaved(const std::vector<core::SavedConnection> &saved)
{
    m_saved = saved;
}

void ProjectModel::addSaved(const core::DatabaseSet &databases)
{
    std::vector<const core::SavedConnection *> others;
    for (const core::SavedConnection &connection : m_saved) {
        const auto isIt = [&connection](const core::Database &database) {
            return database.any().source.savedId == connection.id;
        };
        if (std::ranges::none_of(databases.databases, isIt))
            others.push_back(&connection);
    }
    if (others.empty())
        return;
    Node *group = add(m_root.get(), Kind::SavedGroup, tr("Saved connections"),
                      QLocale().toString(int(others.size())), u"remote"_s);
    for (const core::SavedConnection *connection : others) {
        Node *row = add(group, Kind::Saved, connection->name,
                        connection->production ? tr("production") : connection->host,
                        connection->production ? u"production"_s
                        : connection->ssh      ? u"tunnel"_s
                                               : u"database"_s);
        row->savedId = connection->id;
        row->meaning = connection->production ? Meaning::Production : Meaning::Neutral;
        row->tip = u"%1\n%2:%3"_s.arg(connection->name, connection->host,
                                      QString::number(connection->port));
    }
}

void ProjectModel::addLeftOut(const core::DatabaseSet &databases)
{
    const int count = int(databases.ignored.size() + databases.broken.size());
    if (count == 0)
        return;
    Node *group =
        add(m_root.get(), Kind::LeftOut, tr("Not used"), QLocale().toString(count), u"conceal"_s);
    for (const core::UrlValue &broken : databases.broken) {
        Node *row = add(group, Kind::Value, broken.source.key, broken.source.text(), u"error"_s);
        row->meaning = Meaning::Danger;
        row->tip = u"%1\n%2"_s.arg(broken.source.key, broken.error->text());
    }
    for (const core::IgnoredValue &ignored : databases.ignored) {
        Node *row = add(group, Kind::Value, ignored.value.source.key, ignored.value.source.text(),
                        u"remove"_s);
        row->dimmed = true;
        row->tip = u"%1\n%2"_s.arg(ignored.value.source.key, ignored.explanation);
    }
}

void ProjectModel::addFiles(const core::Project &project, const QStringList &files)
{
    if (files.isEmpty())
        return;
    Node *group = add(m_root.get(), Kind::Files, tr("SQL files"),
                      QLocale().toString(int(files.size())), u"folder"_s);
    for (const QString &file : files) {
        const QFileInfo info(file);
        Node *row = add(group, Kind::File, info.fileName(),
                        info.path() == "."_L1 ? QString() : info.path(), u"sql"_s);
        row->path = project.folder + u'/' + file;
        row->tip = file;
    }
}

void ProjectModel::setProject(const core::Project &project, const core::DatabaseSet &databases,
                              const QStringList &files)
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    Node *group = add(m_root.get(), Kind::Databases, tr("Databases"),
                      QLocale().toString(int(databases.databases.size())), u"database"_s);
    for (const core::Database &database : databases.databases)
        addDatabase(group, database);
    addSaved(databases);
    addLeftOut(databases);
    addFiles(project, files);
    endResetModel();
}

void ProjectModel::clear()
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_poolers.clear();
    endResetModel();
}

void ProjectModel::setCurrentDatabase(const QString &name)
{
    m_current = name;
    if (m_root->children.empty())
        return;
    const QModelIndex group = index(0, 0);
    const int rows = rowCount(group);
    if (rows > 0)
        emit dataChanged(index(0, 0, group), index(rows - 1, 0, group),
                         {TreeDelegate::CurrentRole});
}

QModelIndex ProjectModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node =
        parent.isValid() ? static_cast<const Node *>(parent.constInternalPointer()) : m_root.get();
    if (column != 0 || row < 0 || row >= int(node->children.size()))
        return {};
    return createIndex(row, 0, node->children[std::size_t(row)].get());
}

QModelIndex ProjectModel::parent(const QModelIndex &child) const
{
    if (!child.isValid())
        return {};
    Node *node = static_cast<const Node *>(child.constInternalPointer())->parent;
    return node == m_root.get() ? QModelIndex() : createIndex(node->row, 0, node);
}

int ProjectModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    const Node *node =
        parent.isValid() ? static_cast<const Node *>(parent.constInternalPointer()) : m_root.get();
    return int(node->children.size());
}

int ProjectModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant ProjectModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *static_cast<const Node *>(index.constInternalPointer());
    switch (role) {
    case Qt::DisplayRole:
        return node.name;
    case Qt::AccessibleTextRole:
        return QString(node.name + u", "_s + node.fact);
    case Qt::ToolTipRole:
        return node.tip;
    case KindRole:
        return int(node.kind);
    case DatabaseRole:
        return node.database;
    case EndpointRole:
        return int(node.role);
    case PathRole:
        return node.path;
    case SavedIdRole:
        return node.savedId;
    case TreeDelegate::IconNameRole:
        return node.iconName;
    case TreeDelegate::FactRole:
        return node.fact;
    case TreeDelegate::CurrentRole:
        return node.kind == Kind::Database && node.database == m_current;
    case TreeDelegate::IconMeaningRole:
        return int(node.meaning);
    case TreeDelegate::FactMeaningRole:
        return int(node.kind == Kind::Database || node.kind == Kind::Saved ? node.meaning
                                                                           : Meaning::Neutral);
    case TreeDelegate::DimmedRole:
        return node.dimmed;
    default:
        return {};
    }
}

} // namespace ui
