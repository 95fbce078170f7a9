// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/settingtexts_p.h"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_UNRELEASED_FEATURES 0
#include <toml++/toml.hpp>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString fromToml(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// toml++ has no order of a table but that of its keys; lines bring the file's back.
class TomlReader
{
public:
    void add(const toml::node &node);
    [[nodiscard]] bool isTooMuch() const { return m_texts.size() > maxSettingTexts; }
    SettingTexts take();

private:
    void addText(const toml::node &node, const QString &text)
    {
        m_texts.push_back({m_path, text, int(node.source().begin.line)});
    }

    QStringList m_path;
    SettingTexts m_texts;
};

void TomlReader::add(const toml::node &node)
{
    if (isTooMuch() || m_path.size() > maxSettingDepth)
        return;
    if (const toml::table *table = node.as_table()) {
        for (const auto &[key, value] : *table) {
            m_path.append(fromToml(key.str()));
            add(value);
            m_path.removeLast();
        }
    } else if (const toml::array *array = node.as_array()) {
        int number = 0;
        for (const toml::node &value : *array) {
            m_path.append(QString::number(number++));
            add(value);
            m_path.removeLast();
        }
    } else if (const auto *text = node.as_string()) {
        addText(node, fromToml(text->get()));
    } else if (const auto *number = node.as_integer()) {
        addText(node, QString::number(number->get()));
    } else if (const auto *boolean = node.as_boolean()) {
        addText(node, boolean->get() ? u"true"_s : u"false"_s);
    }
}

SettingTexts TomlReader::take()
{
    std::ranges::stable_sort(m_texts, {}, &SettingText::line);
    return std::move(m_texts);
}

} // namespace

Result<SettingTexts> readTomlTexts(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const toml::parse_result parsed =
        toml::parse(std::string_view(bytes.constData(), size_t(bytes.size())));
    if (!parsed) {
        return settingsSyntax(int(parsed.error().source().begin.line),
                              fromToml(parsed.error().description()).trimmed());
    }
    TomlReader reader;
    reader.add(parsed.table());
    if (reader.isTooMuch())
        return settingsTooMuch();
    return reader.take();
}

} // namespace core
