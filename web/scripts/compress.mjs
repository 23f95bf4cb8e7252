// Writes a .br and a .gz beside every file that gains by it, so that the server never compresses.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const folder = path.resolve(import.meta.dirname, '../../artifacts/web');
const worthIt = /\.(js|css|html|svg|json)$/;

for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  // index.html carries a nonce that changes with every response.
  if (!entry.isFile() || !worthIt.test(entry.name) || entry.name === 'index.html') continue;
  const file = path.join(entry.parentPath, entry.name);
  const plain = await readFile(file);
  if (plain.length < 1024) continue;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
    promisify(gzip)(plain, { level: 9 }),
  ]);
  await writeFile(file + '.br', br);
  await writeFile(file + '.gz', gz);
}
