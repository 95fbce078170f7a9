// SPDX-License-Identifier: GPL-3.0-or-later
// Makes envgolden.json: what the loaders themselves answer. In a folder with
//   npm i dotenv@17.4.2 de10@npm:dotenv-expand@10.0.0 de12@npm:dotenv-expand@12.0.3 && npm pack @prisma/internals@6.19.3 && tar xzf prisma-internals-*
// run with Node.js 24:  node envgolden.js [cases] [seed] > envgolden.json
'use strict';
const { parseEnv } = require('node:util');
const path = require('node:path');
const vm = require('node:vm');
const from = (name) => require(path.join(process.cwd(), name));
const dotenv = from('node_modules/dotenv');
const v10 = from('node_modules/de10').expand;
const v12 = from('node_modules/de12').expand;
const prisma = from('package/dist/dotenvExpand.js').dotenvExpand;

let state = Number(process.argv[3] || 1);
const random = (n) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 4294967296) * n);
};
const pick = (list) => list[random(list.length)];

const pieces = ['A', 'B', 'KEY', 'export ', '=', '=', '=', ' = ', ': ', ':', '\n', '\n', '\n', '\r\n', ' ', '\t', '"', "'",
    '`', '#', ' #', '\\', '\\"', "\\'", '\\n', '\\r', '\\t', '\\\\n', 'x', 'value', 'postgres://u:p@h/d', '$', '${A}', '$B',
    '${A:-d}', '${B-e}', '${A:+f}', '${KEY+g}', '\\$', '\\${A}', '$$', '$&', '$(id)', '${', '}', '1', '.', '-', '_', 'é', '\u00a0', '${}', '$1'];
const written = [
    'A=1\nA=2\n', 'export A=1\n', '  export   A = b c  \n', "A='un\nder'\nB=1", 'A="a\\nb\\tc\\\\n"', 'A=un#quoted', 'A=un #quoted',
    'A="say \\"hi\\""', 'A="a"x', "A='o'brien'", 'A: b\nB:c', 'A=\nbare\nB=1', 'A=\n"next"\nB=1', 'A="unclosed\nB=2', "A='unclosed\nB='2'",
    '\n\n# c\n\nA=1', 'A = "x" # c', 'A=`a\'b"c`', 'export=1', 'export A', 'A=p$word', 'A=p\\$word', 'A=${B}\nB=2', 'B=2\nA=${B}', 'A=${A}',
    'A=${B}\nB=${A}', 'A=${X:-d}', 'A=${X-d}', 'B=1\nA=${B:+yes}', 'B=\nA=${B:+yes}', 'A=$(whoami)', 'A="$B$B"\nB=$A', 'A=${X:-${Y:-z}}',
    'B=q\nA=${B:-d}', 'A=a$$b', 'B=$$\nA=x${B}y', 'A=1 \nA = 2', 'A.B-c=1', '1=2', 'A=b\rB=c\r\n', 'A= \nB=2', 'DATABASE_URL="postgresql://u:p#q@h:5432/d?x=1"',
];
const generated = () => {
    let text = '';
    for (let i = random(14) + 2; i > 0; --i)
        text += pick(pieces);
    return text;
};
// They end cycles by running out of stack, or not at all; such a case says nothing.
const guarded = (work) => {
    globalThis.work = work;
    try {
        return vm.runInThisContext('work()', { timeout: 100 });
    } catch {
        return null;
    }
};
const cases = [];
const add = (text) => {
    const parsed = dotenv.parse(text);
    const entry = { text, dotenv: parsed, node: { ...parseEnv(text) } };
    const copy = () => Object.assign(Object.create(null), parsed);
    entry.v10 = guarded(() => v10({ parsed: copy(), ignoreProcessEnv: true }).parsed);
    entry.v12 = guarded(() => v12({ parsed: copy(), processEnv: {} }).parsed);
    entry.braced = guarded(() => prisma({ parsed: copy(), ignoreProcessEnv: true }).parsed);
    cases.push(entry);
};
written.forEach(add);
while (cases.length < Number(process.argv[2] || 400))
    add(generated());
console.log('[\n' + cases.map((c) => JSON.stringify(c)).join(',\n') + '\n]');
