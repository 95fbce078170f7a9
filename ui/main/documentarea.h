// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QStackedWidget;

namespace ui {

class Button;
class Document;
class TabBar;

// The middle of the window: a bar of tabs and the documents below it. Owns the documents. Without
// any, it shows the page that setEmptyPage() gave.
class DocumentArea : public QWidget
{
    Q_OBJECT

public:
    explicit DocumentArea(QWidget *parent = nullptr);

    void setEmptyPage(QWidget *page);
    // Between the tabs and what they show; takes it over.
    void setNotes(QWidget *notes);

    // Takes the document over, at this place among the tabs (-1 = last), and shows it.
    void add(Document *document, bool makeCurrent = true, int at = -1);
    [[nodiscard]] Document *current() const;
    [[nodiscard]] QList<Document *> documents() const;
    // The document with this key; null if none.
    [[nodiscard]] Document *find(const QString &key) const;
    void makeCurrent(Document *document);
    void step(int by);
    // Asks through closeWanted(); close() is without question.
    void close(Document *document);
    // A page instead of all tabs (welcome, "no databases found"); null shows the tabs again.
    void showPage(QWidget *page);
    [[nodiscard]] bool hasPage() const { return m_page != nullptr; }

signals:
    void currentChanged(ui::Document *document); // null when the last one closed
    void closeWanted(ui::Document *document);
    void newWanted();
    void menuWanted(ui::Document *document, const QPoint &globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void dress(int index);
    void currentTabChanged(int index);
    [[nodiscard]] int indexOf(const Document *document) const;

    QWidget *m_bar;
    TabBar *m_tabs;
    Button *m_new;
    QStackedWidget *m_stack;
    QWidget *m_emptyPage = nullptr;
    QWidget *m_page = nullptr;
    QList<Document *> m_documents; // in the order of the tabs
};

} // namespace ui
