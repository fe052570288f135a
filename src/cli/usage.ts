/** What a person typed that cannot be done: what is wrong, and what to type instead. Exit code 2. */
export class UsageError extends Error {}

export const HELP = `rankscope: the all-to-all of sequence-parallel attention, checked without a GPU

usage
  rankscope check  (--config FILE | --heads N [--kv-heads N]) --sp N --implementation ID [options]
  rankscope map    --implementation ID [options]
  rankscope list   [--json]

check runs one case on ranks in this process and tells what every check finds.
map runs every head count and SP degree; list names the implementations.

the case
  --config FILE          a model's config.json, for its head counts
  --heads N              query heads            --kv-heads N      key/value heads (as many, if left out)
  --sp N                 ranks                  --batch N         1 if left out
  --seq N                sequence (2 a rank)    --head-dim N      2 if left out
  --layout bshd|sbhd     batch or sequence first; bshd if left out
  --program NAME         roundTrip (map), layerForward, layerForwardBackward (check),
                         twoModels, twoLayers; in brackets: where it is left out
  --head-count-before N  the process-wide head count before the first call
  --kv-repeat HOW        in-place or tile: how the caller repeats scarce KV heads
  --condition "…"        in the place of the published one, in the Python of the source
  --guard ID="…"         in the place of a published guard; may be given several times

what is written
  --json                 check: the whole report; list: all that is known of each
  --format csv|json      map: a line a field, or one object; csv if left out
  --to-heads N --to-sp N map: how far it reaches; 128 and 64 if left out

exit code: 0 fine, 1 a fault was found, 2 the call was wrong`;
