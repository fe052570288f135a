import { describe, expect, it } from 'vitest';
import { parseHunk } from './hunk.ts';

const BEFORE = 'get_num_kv_heads() is not None or num_heads % seq_world_size != 0';
const AFTER =
  'get_num_kv_heads() is not None or (num_heads % seq_world_size != 0 and not scatter_idx < 2)';
const CHANGE = { before: BEFORE, after: AFTER };

describe('parseHunk', () => {
  it.each([
    ['two lines', `-    if ${BEFORE}:\n+    if ${AFTER}:`],
    ['without their first word', `-${BEFORE}\n+${AFTER}`],
    [
      'a whole patch',
      `diff --git a/deepspeed/sequence/layer.py b/deepspeed/sequence/layer.py
index 1234567..89abcde 100644
--- a/deepspeed/sequence/layer.py
+++ b/deepspeed/sequence/layer.py
@@ -210,7 +210,7 @@ def single_all_to_all(input, scatter_idx, gather_idx):
     num_heads = input.shape[2]
 
-    if ${BEFORE}:
+    if ${AFTER}:
         assert async_op == False
         return uneven_heads_all2all(input)
`,
    ],
    [
      'a condition of several lines, of which one changes',
      ` if get_num_kv_heads() is not None or \\
-        num_heads % seq_world_size != 0:
+        (num_heads % seq_world_size != 0 and not scatter_idx < 2):
     return 1`,
    ],
    [
      'lines that are only added',
      `@@
 if (get_num_kv_heads() is not None or (num_heads % seq_world_size != 0
+        and not scatter_idx < 2
 )):`,
    ],
  ])('gives both sides of %s', (name, text) => {
    const found = parseHunk(text);
    const plain = (side: string | undefined) => side?.replace(/[()]/g, '');
    expect(plain(found?.before), name).toBe(plain(CHANGE.before));
    expect(plain(found?.after), name).toBe(plain(CHANGE.after));
  });

  it('passes over changes that are no condition', () => {
    const text = `-    print("a")
+    print("b")
     x = 1
-    if num_heads > 1:
+    if num_heads > 2:`;
    expect(parseHunk(text)).toEqual({ before: 'num_heads > 1', after: 'num_heads > 2' });
  });

  it.each([
    ['-num_heads < 0'],
    ['+ if num_heads > 1:'],
    ['(num_heads\n+ seq_world_size) > 3'],
    ['num_heads > 3'],
    ['-if num_heads > 3:\n+if num_heads  >  3:  # spaced'],
    ['-open("x")\n+open("y")'],
  ])('takes %j for no hunk', (text) => expect(parseHunk(text)).toBeNull());
});
