// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/settingtexts_p.h"

#include <yaml-cpp/yaml.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// yaml-cpp shares the nodes that aliases name, so that a few lines can stand for billions of
/// values: walking counts them.
class YamlReader
{
public:
    void add(const YAML::Node &node);
    [[nodiscard]] bool isTooMuch() const { return m_visited > maxSettingTexts; }
    SettingTexts take() { return std::move(m_texts); }

private:
    void addMap(const YAML::Node &node);

    QStringList m_path;
    SettingTexts m_texts;
    size_t m_visited = 0;
    int m_depth = 0;
};

void YamlReader::addMap(const YAML::Node &node)
{
    for (const auto &entry : node) {
        const QString key = QString::fromStdString(entry.first.Scalar());
        if (key == "<<"_L1)
            continue;
        m_path.append(key);
        add(entry.second);
        m_path.removeLast();
    }
    // What is merged stands behind, so that findText() meets the map's own values first.
    for (const auto &entry : node) {
        if (entry.first.Scalar() != "<<")
            continue;
        if (entry.second.IsMap()) {
            add(entry.second);
        } else if (entry.second.IsSequence()) {
            for (const YAML::Node &part : entry.second)
                add(part);
        }
    }
}

void YamlReader::add(const YAML::Node &node)
{
    // An alias may even name what it stands in.
    if (++m_visited > maxSettingTexts || m_depth > maxSettingDepth)
        return;
    ++m_depth;
    if (node.IsMap()) {
        addMap(node);
    } else if (node.IsSequence()) {
        int number = 0;
        for (const YAML::Node &value : node) {
            m_path.append(QString::number(number++));
            add(value);
            m_path.removeLast();
        }
    } else if (node.IsScalar()) {
        m_texts.push_back({m_path, QString::fromStdString(node.Scalar()), node.Mark().line + 1});
    }
    --m_depth;
}

} // namespace

Result<SettingTexts> readYamlTexts(const QString &text)
{
    // The library reports by exceptions; none of them leaves this function.
    try {
        YamlReader reader;
        reader.add(YAML::Load(text.toStdString()));
        if (reader.isTooMuch())
            return settingsTooMuch();
        return reader.take();
    } catch (const YAML::Exception &fault) {
        return settingsSyntax(fault.mark.line + 1, QString::fromStdString(fault.msg));
    }
}

} // namespace core
