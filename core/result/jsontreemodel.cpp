// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/jsontreemodel.h"

#include "core/result/valuetext.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace core {

using namespace Qt::StringLiterals;

struct JsonTreeModel::Node {
    JsonSpan span = {};
    Node *parent = nullptr;
    int row = 0;
    int depth = 0;
    int hidden = 0;        ///< this row stands for so many that are not shown; 0 = it is a value
    qsizetype readTo = -1; ///< where the next child would begin; -1 = none was read
    std::vector<std::unique_ptr<Node>> children = {};

    [[nodiscard]] bool isContainer() const
    {
        return hidden == 0 && (span.kind == JsonKind::Object || span.kind == JsonKind::Array);
    }
};

JsonTreeModel::JsonTreeModel(QObject *parent)
    : JsonTreeModel(Limits{}, parent)
{
}

JsonTreeModel::JsonTreeModel(Limits limits, QObject *parent)
    : QAbstractItemModel(parent)
    , m_limits(limits)
    , m_root(std::make_unique<Node>())
{
}

JsonTreeModel::~JsonTreeModel() = default;

Result<> JsonTreeModel::setText(const QByteArray &text)
{
    clear();
    if (text.size() > mostBytes) {
        return failure(ErrorKind::Usage, "json.tooBig"_ba,
                       tr("A tree is shown of up to %1; this is %2.")
                           .arg(sizeText(mostBytes), sizeText(text.size())));
    }
    Result<JsonSpan> root = scanJson(text);
    if (!root)
        return std::unexpected(std::move(root.error()));
    beginInsertRows({}, 0, 0);
    m_text = text;
    auto document = std::make_unique<Node>();
    document->span = *root;
    document->parent = m_root.get();
    m_root->children.push_back(std::move(document));
    m_nodes = 1;
    endInsertRows();
    return {};
}

void JsonTreeModel::clear()
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_text.clear();
    m_nodes = 0;
    endResetModel();
}

const JsonTreeModel::Node *JsonTreeModel::node(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<const Node *>(index.constInternalPointer()) : m_root.get();
}

JsonTreeModel::Node *JsonTreeModel::node(const QModelIndex &index)
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, node(parent)->children[std::size_t(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &child) const
{
    Node *above = node(child)->parent;
    return !above || above == m_root.get() ? QModelIndex() : createIndex(above->row, 0, above);
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(node(parent)->children.size());
}

int JsonTreeModel::columnCount(const QModelIndex &) const
{
    return 1;
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    const Node *container = node(parent);
    return container == m_root.get() ? !container->children.empty()
                                     : container->isContainer() && container->span.children > 0;
}

bool JsonTreeModel::isFull(const Node &container) const
{
    return m_nodes >= m_limits.nodes || container.depth >= m_limits.depth
           || int(container.children.size()) >= m_limits.children;
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const Node *container = node(parent);
    if (container == m_root.get() || !container->isContainer())
        return false;
    const bool closed = !container->children.empty() && container->children.back()->hidden > 0;
    return !closed && int(container->children.size()) < container->span.children;
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    Node *container = node(parent);
    const int first = int(container->children.size());
    std::vector<std::unique_ptr<Node>> made;
    const auto add = [&](const JsonSpan &span, int hidden) {
        auto child = std::make_unique<Node>();
        child->span = span;
        child->hidden = hidden;
        child->parent = container;
        child->row = first + int(made.size());
        child->depth = container->depth + 1;
        made.push_back(std::move(child));
    };
    if (isFull(*container)) {
        add({}, container->span.children - first);
    } else {
        const qsizetype from = container->readTo < 0 ? container->span.begin : container->readTo;
        const int most = std::min(m_limits.batch, m_limits.children - first);
        for (const JsonSpan &span : jsonChildren(m_text, container->span, from, most))
            add(span, 0);
        container->readTo = made.empty() ? container->span.end : made.back()->span.end;
    }
    if (made.empty())
        return;
    m_nodes += int(made.size());
    beginInsertRows(parent, first, first + int(made.size()) - 1);
    std::ranges::move(made, std::back_inserter(container->children));
    endInsertRows();
}

QString JsonTreeModel::keyOf(const Node &node) const
{
    if (node.hidden > 0 || node.parent == m_root.get())
        return {};
    if (node.span.keyBegin < 0)
        return QString::number(node.row);
    // As it stands in the text, without its quotes.
    const QByteArrayView key = QByteArrayView(m_text).sliced(
        node.span.keyBegin + 1, node.span.keyEnd - node.span.keyBegin - 2);
    return cellText(key, TypeCategory::Code).text;
}

QString JsonTreeModel::valueOf(const Node &node) const
{
    if (node.hidden > 0)
        return tr("and %1 more, not shown").arg(QLocale().toString(node.hidden));
    if (node.span.kind == JsonKind::Object)
        return tr("%n keys", nullptr, node.span.children);
    if (node.span.kind == JsonKind::Array)
        return tr("%n items", nullptr, node.span.children);
    const QByteArrayView value =
        QByteArrayView(m_text).sliced(node.span.begin, node.span.end - node.span.begin);
    return cellText(value, TypeCategory::Code, 1'000).text;
}

QString JsonTreeModel::pathOf(const Node &node) const
{
    QStringList steps;
    for (const Node *at = &node; at->parent && at->parent != m_root.get(); at = at->parent) {
        if (at->span.keyBegin < 0) {
            steps.prepend(u'[' + QString::number(at->row) + u']');
        } else {
            const QByteArrayView key = QByteArrayView(m_text).sliced(
                at->span.keyBegin, at->span.keyEnd - at->span.keyBegin);
            steps.prepend(u'.' + QString::fromUtf8(key));
        }
    }
    return u'$' + steps.join(QString());
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &at = *node(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: {
        const QString key = keyOf(at);
        return key.isEmpty() ? valueOf(at) : key + u' ' + valueOf(at);
    }
    case KindRole:
        return at.hidden > 0 ? QVariant() : QVariant(int(at.span.kind));
    case KeyRole:
        return keyOf(at);
    case ValueRole:
        return valueOf(at);
    case PathRole:
        return at.hidden > 0 ? QVariant() : QVariant(pathOf(at));
    case SourceRole:
        return at.hidden > 0 ? QVariant()
                             : QVariant(exactText(QByteArrayView(m_text).sliced(
                                   at.span.begin, at.span.end - at.span.begin)));
    default:
        return {};
    }
}

} // namespace core
