// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/highlight/ksyntaxadapter.h"

#include <KSyntaxHighlighting/Theme>
#include <Qsci/qsciscintillabase.h>

#include <algorithm>

namespace ui {

namespace {

// A longer line is one unit of work, 19 ms at 200 KB: it stays without colours (measured, GUI facts
// 2).
constexpr long longestLine = 50'000;

// UTF-8 → UTF-16 that remembers where each unit came from; a byte that is no UTF-8 becomes one
// U+FFFD.
QString decode(QByteArrayView bytes, std::vector<int> *offsets)
{
    offsets->clear();
    if (std::ranges::all_of(bytes, [](char c) { return uchar(c) < 0x80; }))
        return QString::fromLatin1(bytes);
    QString text;
    for (qsizetype at = 0; at < bytes.size();) {
        const uchar lead = uchar(bytes[at]);
        const int length = lead < 0x80    ? 1
                           : lead >= 0xf0 ? 4
                           : lead >= 0xe0 ? 3
                           : lead >= 0xc2 ? 2
                                          : 0;
        char32_t code = 0xfffd;
        qsizetype taken = 1;
        if (length > 0 && at + length <= bytes.size()) {
            const QString one = QString::fromUtf8(bytes.sliced(at, length));
            const bool whole =
                length == 4 ? one.size() == 2 : one.size() == 1 && one[0] != QChar(0xfffd);
            if (whole) {
                code = one.toUcs4().constFirst();
                taken = length;
            }
        }
        const QString unit = QString::fromUcs4(&code, 1);
        for (qsizetype i = 0; i < unit.size(); ++i)
            offsets->push_back(int(at));
        text += unit;
        at += taken;
    }
    offsets->push_back(int(bytes.size()));
    return text;
}

} // namespace

KSyntaxAdapter::KSyntaxAdapter(QsciScintillaBase *editor,
                               const KSyntaxHighlighting::Definition &definition,
                               const SyntaxColors &colors)
    : m_editor(editor)
{
    setDefinition(definition);
    m_states.emplace_back();
    connect(editor, &QsciScintillaBase::SCN_STYLENEEDED, this, &KSyntaxAdapter::styleUpTo);
    connect(editor, &QsciScintillaBase::SCN_MODIFIED, this,
            [this](int position, int type, const char *, int, int, int, int, int, int, int) {
                if (type
                    & (QsciScintillaBase::SC_MOD_INSERTTEXT | QsciScintillaBase::SC_MOD_DELETETEXT))
                    textChanged(position);
            });
    editor->SendScintilla(QsciScintillaBase::SCI_SETIDLESTYLING,
                          QsciScintillaBase::SC_IDLESTYLING_TOVISIBLE);
    setColors(colors);
    editor->SendScintilla(QsciScintillaBase::SCI_STARTSTYLING, 0UL, 0L);
    editor->SendScintilla(QsciScintillaBase::SCI_COLOURISE, 0UL, 0L); // asks for the visible part
    editor->update();
}

KSyntaxAdapter::~KSyntaxAdapter() = default;

void KSyntaxAdapter::setColors(const SyntaxColors &colors)
{
    const std::pair<Style, QColor> inks[] = {
        {Name, colors.name},     {Keyword, colors.keyword},   {String, colors.string},
        {Number, colors.number}, {Function, colors.function}, {Comment, colors.comment}};
    for (const auto &[style, ink] : inks) {
        m_editor->SendScintilla(QsciScintillaBase::SCI_STYLESETFORE,
                                static_cast<unsigned long>(style), ink);
        m_editor->SendScintilla(QsciScintillaBase::SCI_STYLESETITALIC,
                                static_cast<unsigned long>(style), style == Comment ? 1L : 0L);
    }
}

void KSyntaxAdapter::textChanged(int position)
{
    const long line = m_editor->SendScintilla(QsciScintillaBase::SCI_LINEFROMPOSITION,
                                              static_cast<unsigned long>(position));
    // The state at the start of the changed line holds; what follows it is found again.
    if (std::size_t(line) + 1 < m_states.size())
        m_states.resize(std::size_t(line) + 1);
}

void KSyntaxAdapter::styleUpTo(int position)
{
    const long last = m_editor->SendScintilla(QsciScintillaBase::SCI_LINEFROMPOSITION,
                                              static_cast<unsigned long>(position));
    const long styled = m_editor->SendScintilla(QsciScintillaBase::SCI_GETENDSTYLED);
    const long wanted = m_editor->SendScintilla(QsciScintillaBase::SCI_LINEFROMPOSITION,
                                                static_cast<unsigned long>(styled));
    const long first = std::min(long(m_states.size()) - 1, wanted);
    const long start = m_editor->SendScintilla(QsciScintillaBase::SCI_POSITIONFROMLINE,
                                               static_cast<unsigned long>(first));
    m_editor->SendScintilla(QsciScintillaBase::SCI_STARTSTYLING, static_cast<unsigned long>(start),
                            0L);
    for (long line = first; line <= last; ++line)
        highlightOne(int(line));
}

void KSyntaxAdapter::highlightOne(int line)
{
    const auto at = static_cast<unsigned long>(line);
    const long begin = m_editor->SendScintilla(QsciScintillaBase::SCI_POSITIONFROMLINE, at);
    const long textEnd = m_editor->SendScintilla(QsciScintillaBase::SCI_GETLINEENDPOSITION, at);
    const long lines = m_editor->SendScintilla(QsciScintillaBase::SCI_GETLINECOUNT);
    const long end = line + 1 < lines
                         ? m_editor->SendScintilla(QsciScintillaBase::SCI_POSITIONFROMLINE, at + 1)
                         : m_editor->SendScintilla(QsciScintillaBase::SCI_GETLENGTH);
    m_line.fill(char(Name), end - begin); // formats do not cover every byte
    KSyntaxHighlighting::State next = m_states[std::size_t(line)];
    if (textEnd > begin && textEnd - begin <= longestLine) {
        const auto *bytes = reinterpret_cast<const char *>(
            m_editor->SendScintilla(QsciScintillaBase::SCI_GETRANGEPOINTER,
                                    static_cast<unsigned long>(begin), textEnd - begin));
        const QString text = decode(QByteArrayView(bytes, textEnd - begin), &m_bytes);
        next = highlightLine(text, next);
    } else if (textEnd == begin) {
        m_bytes.clear();
        next = highlightLine(QStringView(), next);
    }
    if (std::size_t(line) + 1 >= m_states.size())
        m_states.push_back(next);
    else
        m_states[std::size_t(line) + 1] = next;
    m_editor->SendScintilla(QsciScintillaBase::SCI_SETSTYLINGEX,
                            static_cast<unsigned long>(m_line.size()), m_line.constData());
}

void KSyntaxAdapter::applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format)
{
    int first = offset;
    int end = offset + length;
    if (!m_bytes.empty()) {
        first = m_bytes[std::size_t(first)];
        end = m_bytes[std::size_t(end)];
    }
    end = std::min(end, int(m_line.size()));
    std::fill(m_line.begin() + std::min(first, end), m_line.begin() + end, char(styleOf(format)));
}

KSyntaxAdapter::Style KSyntaxAdapter::styleOf(const KSyntaxHighlighting::Format &format)
{
    const auto known = m_styles.constFind(int(format.id()));
    if (known != m_styles.cend())
        return *known;
    using KSyntaxHighlighting::Theme;
    Style style = Name;
    switch (format.textStyle()) {
    case Theme::Keyword:
    case Theme::ControlFlow:
    case Theme::DataType:
    case Theme::Import:
    case Theme::Preprocessor:
        style = Keyword;
        break;
    case Theme::String:
    case Theme::VerbatimString:
    case Theme::SpecialString:
    case Theme::Char:
    case Theme::SpecialChar:
        style = String;
        break;
    case Theme::DecVal:
    case Theme::BaseN:
    case Theme::Float:
    case Theme::Constant:
        style = Number;
        break;
    case Theme::Function:
    case Theme::BuiltIn:
        style = Function;
        break;
    case Theme::Comment:
    case Theme::Documentation:
    case Theme::Annotation:
    case Theme::CommentVar:
        style = Comment;
        break;
    default:
        break;
    }
    m_styles.insert(int(format.id()), style);
    return style;
}

} // namespace ui
