export { CompareStage } from './compare-stage.tsx';
export { DifferenceRail } from './difference-rail.tsx';
