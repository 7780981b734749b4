import type { ToolDefinition, Wishes } from '../protocol/wishes.ts';
import type { CallPlan } from '../protocol/messages.ts';
import { turnTakingOf } from '../protocol/turn-taking.ts';
import { outputOf } from './answers.ts';

/** The plan as wishes to the relay. What is empty is the relay's to choose. */
export function wishesOf(plan: CallPlan, tools: ToolDefinition[]): Wishes {
  return {
    language: plan.language,
    tools,
    output: outputOf(plan),
    turnDetection: turnTakingOf(plan),
    noiseReduction: plan.sound.noiseReduction,
    ...(plan.model ? { model: plan.model } : {}),
    ...(plan.voice ? { voice: plan.voice } : {}),
    ...(plan.instructions ? { instructions: plan.instructions } : {}),
  };
}
