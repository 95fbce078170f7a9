// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ddl/ddlgraph.h"

#include <algorithm>
#include <queue>
#include <tuple>

namespace core {

namespace {

/// Tarjan's strongly connected components, without recursion: chains of views may be long.
class Components
{
public:
    explicit Components(const DdlEdges &edges)
        : m_edges(edges)
        , m_marks(edges.size())
    {
        for (std::size_t node = 0; node < edges.size(); ++node) {
            if (m_marks[node].number == 0)
                walk(int(node));
        }
    }
    [[nodiscard]] std::vector<std::vector<int>> take() { return std::move(m_found); }

private:
    struct Mark {
        int number = 0; ///< of the visit, from 1
        int lowest = 0;
        std::size_t next = 0;
        bool onStack = false;
    };
    [[nodiscard]] Mark &at(int node) { return m_marks[std::size_t(node)]; }

    void enter(int node)
    {
        Mark &mark = at(node);
        mark.number = mark.lowest = ++m_visits;
        mark.onStack = true;
        m_stack.push_back(node);
        m_path.push_back(node);
    }

    void walk(int first)
    {
        enter(first);
        while (!m_path.empty()) {
            const int node = m_path.back();
            Mark &mark = at(node);
            const std::vector<int> &followers = m_edges[std::size_t(node)];
            if (mark.next < followers.size()) {
                const int follower = followers[mark.next++];
                if (at(follower).number == 0)
                    enter(follower);
                else if (at(follower).onStack)
                    mark.lowest = std::min(mark.lowest, at(follower).number);
            } else {
                leave(node);
            }
        }
    }

    void leave(int node)
    {
        m_path.pop_back();
        const Mark &mark = at(node);
        if (!m_path.empty()) {
            Mark &parent = at(m_path.back());
            parent.lowest = std::min(parent.lowest, mark.lowest);
        }
        if (mark.lowest != mark.number)
            return;
        std::vector<int> group;
        int member = -1;
        do {
            member = m_stack.back();
            m_stack.pop_back();
            at(member).onStack = false;
            group.push_back(member);
        } while (member != node);
        if (group.size() > 1)
            m_found.push_back(std::move(group));
    }

    const DdlEdges &m_edges;
    std::vector<Mark> m_marks;
    std::vector<int> m_stack;
    std::vector<int> m_path;
    std::vector<std::vector<int>> m_found;
    int m_visits = 0;
};

/// Places by rank and name, numbered: comparing names again and again is slow.
std::vector<int> wantedOrder(const std::vector<DdlPlace> &places)
{
    std::vector<int> order(places.size());
    for (std::size_t at = 0; at < order.size(); ++at)
        order[at] = int(at);
    std::ranges::stable_sort(order, [&](int left, int right) {
        const DdlPlace &one = places[std::size_t(left)];
        const DdlPlace &other = places[std::size_t(right)];
        return std::tie(one.rank, one.name) < std::tie(other.rank, other.name);
    });
    return order;
}

} // namespace

std::vector<std::vector<int>> ddlCycles(const DdlEdges &edges)
{
    return Components(edges).take();
}

std::vector<int> ddlOrder(const std::vector<DdlPlace> &places, const DdlEdges &edges)
{
    const std::vector<int> wanted = wantedOrder(places);
    std::vector<int> numberOf(places.size());
    for (std::size_t at = 0; at < wanted.size(); ++at)
        numberOf[std::size_t(wanted[at])] = int(at);
    std::vector<int> waitsFor(places.size());
    for (const std::vector<int> &followers : edges) {
        for (const int follower : followers)
            ++waitsFor[std::size_t(follower)];
    }
    std::priority_queue<int, std::vector<int>, std::greater<>> ready;
    for (std::size_t node = 0; node < places.size(); ++node) {
        if (waitsFor[node] == 0)
            ready.push(numberOf[node]);
    }
    std::vector<int> order;
    std::vector<bool> done(places.size());
    std::size_t stuck = 0;
    while (order.size() < places.size()) {
        if (ready.empty()) {
            while (done[std::size_t(wanted[stuck])])
                ++stuck;
            ready.push(int(stuck));
        }
        const int node = wanted[std::size_t(ready.top())];
        ready.pop();
        if (done[std::size_t(node)])
            continue;
        done[std::size_t(node)] = true;
        order.push_back(node);
        for (const int follower : edges[std::size_t(node)]) {
            if (--waitsFor[std::size_t(follower)] == 0 && !done[std::size_t(follower)])
                ready.push(numberOf[std::size_t(follower)]);
        }
    }
    return order;
}

} // namespace core
