import { Icon, type IconName } from './icon.tsx';
import { Joined } from './joined.tsx';
import { IconButton } from './kit/button.tsx';

/** Farther, nearer, and the whole again: of what is zoomed by wheel, pinch and keys too. */
export function ZoomTools(props: {
  /** What is zoomed: "stage". */
  readonly what: string;
  /** By a factor; below 1, farther. */
  readonly onZoom: (factor: number) => void;
  readonly onWhole: () => void;
}) {
  const { what, onZoom, onWhole } = props;
  return (
    <Joined legend="Zoom" part="zoom" atEnd>
      <Tool label="Farther (−)" icon="minus" onPress={() => onZoom(1 / 2)} testId="zoom-back" />
      <Tool label="Nearer (+)" icon="plus" onPress={() => onZoom(2)} testId="zoom-in" />
      <Tool label={`The whole ${what} (0)`} icon="whole" onPress={onWhole} testId="zoom-out" />
    </Joined>
  );
}

function Tool(props: {
  readonly label: string;
  readonly icon: IconName;
  readonly onPress: () => void;
  readonly testId: string;
}) {
  return (
    <IconButton
      look="tool"
      size="small"
      label={props.label}
      data-testid={props.testId}
      onClick={props.onPress}
    >
      <Icon name={props.icon} />
    </IconButton>
  );
}
