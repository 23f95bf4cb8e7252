// What a browser fetches before the first page stands: index.html, the entry with its static imports, the sign-in or home page, styles.
// Fails above the limit.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const limit = 450 * 1024;
const folder = path.resolve(import.meta.dirname, '../../artifacts/web');
const manifest = JSON.parse(readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8'));

function filesOf(names) {
  const files = new Set();
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const chunk = manifest[name];
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  names.forEach(visit);
  return [...files, 'index.html'];
}

function weigh(files, suffix) {
  return files.reduce((sum, file) => sum + statSync(path.join(folder, existsSync(path.join(folder, file + suffix)) ? file + suffix : file)).size, 0);
}

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
let failed = false;
for (const [title, pages] of [['入口', []], ['登录页', ['SignIn']], ['首页', ['Home']]]) {
  const names = [entry, ...pages.map((page) => Object.keys(manifest).find((name) => path.basename(name) === page + '.tsx')).filter(Boolean)];
  const files = filesOf(names);
  const br = weigh(files, '.br');
  const gz = weigh(files, '.gz');
  failed ||= gz > limit;
  console.log(`首次载入（${title}）：${files.length} 个文件，brotli ${(br / 1024).toFixed(0)} KB，gzip ${(gz / 1024).toFixed(0)} KB`);
}
if (failed) {
  console.error(`首次载入超过 ${limit / 1024} KB（gzip）`);
  process.exit(1);
}
