/** The words of a page that are not its experiment's, in both languages. */
import type { Verdict } from '../../src/lab/experiment.js';
import type { Frame } from '../../src/lab/figure.js';
import type { Language, Text } from '../../src/lab/text.js';
import { formatValue } from './draw/scale.js';

export interface Words {
  readonly product: string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly signs: Readonly<Record<Verdict, string>>;
  readonly skip: string;
  readonly claim: string;
  readonly table: string;
  readonly columns: {
    readonly what: string;
    readonly published: string;
    readonly ours: string;
    readonly seeds: string;
    readonly holds: string;
  };
  readonly marks: Readonly<Record<'V' | 'S' | 'C', string>>;
  readonly holds: { readonly yes: string; readonly no: string; readonly told: string };
  readonly arithmetic: string;
  readonly none: string;
  readonly pictures: string;
  readonly method: string;
  readonly refutation: string;
  readonly sources: string;
  readonly again: string;
  readonly run: string;
  readonly facts: Readonly<Record<'software' | 'machine' | 'form' | 'settings' | 'time' | 'started', string>>;
  readonly forms: Readonly<Record<'quick' | 'full', string>>;
  readonly footer: string;
  /** Which lecture the texts mean. */
  readonly lecture: string;
  /** Between a name and its value, and between such pairs. */
  readonly colon: string;
  readonly semicolon: string;
  /** At the end of a sentence. */
  readonly stop: string;
  /** The verdict, and of the quick form that it is one. */
  verdictOf(verdict: Verdict, form: 'quick' | 'full'): string;
  /** How many of the judged lines hold, before a list of those that do not. */
  held(holding: number, judged: number): string;
  /** Beside the verdict of a quick form. */
  fullForm(verdict: Verdict | undefined): string;
  /** The loss, as the meaning of a surface's colours. */
  readonly loss: Text;
  readonly play: string;
  readonly pause: string;
  readonly back: string;
  readonly next: string;
  readonly frame: string;
  /** Which of how many moments. */
  frameOf(index: number, count: number): string;
  /** A moment of a path: what it is, what was spent, how low the loss is. */
  moment(frame: Frame): string;
  readonly candidates: string;
  readonly best: string;
  readonly optimum: string;
  readonly testPoints: string;
  classOf(label: 0 | 1): string;
  machine(processor: string, cores: number, memory: string, platform: string): string;
  markedAs(mark: 'V' | 'S' | 'C'): string;
  /** What was added to a value, in brackets. */
  bracketed(words: string): string;
}

const loss: Text = { en: 'Loss', zh: '损失' };

const english: Words = {
  product: 'The laboratory of Zeroth',
  verdicts: { reproduced: 'Reproduced', 'stand-in': 'Shown on a stand-in', 'not reproduced': 'Not reproduced' },
  signs: { reproduced: '✓', 'stand-in': '≈', 'not reproduced': '✗' },
  skip: 'To the results',
  claim: 'The claim',
  table: 'Claimed, published, measured',
  columns: { what: 'What', published: 'Published', ours: 'Here', seeds: 'Seeds', holds: 'Holds' },
  marks: {
    V: 'read in the primary source, its code or its data',
    S: 'from a secondary source',
    C: 'computed from the source named',
  },
  holds: { yes: 'yes', no: 'no', told: 'not judged' },
  arithmetic: 'arithmetic',
  none: 'none',
  pictures: 'The pictures',
  method: 'What was done',
  refutation: 'What would refute it',
  sources: 'Sources',
  again: 'Run it again',
  run: 'What it ran on',
  facts: { software: 'Software', machine: 'Machine', form: 'Form', settings: 'Settings', time: 'Time', started: 'Started' },
  forms: { quick: 'quick', full: 'full' },
  lecture:
    '“The lecture” is a lecture on deep networks: vanishing gradients, derivative-free training by genetic algorithms and particle swarms, and over-fitting with its remedies.',
  colon: ': ',
  semicolon: '; ',
  stop: '.',
  verdictOf: (verdict, form) => `${english.verdicts[verdict]}${form === 'quick' ? ' (quick form)' : ''}`,
  held: (holding, judged) => {
    const of =
      judged === 1 ? 'The one judged line' : holding === judged ? `All ${judged} judged lines` : `${holding} of ${judged} judged lines`;
    if (holding === judged) return `${of} ${judged === 1 ? 'holds' : 'hold'}.`;
    if (judged === 1) return `${of} does not hold:`;
    return `${of} ${holding === 1 ? 'holds' : 'hold'}; ${judged - holding === 1 ? 'this one does' : 'these do'} not:`;
  },
  fullForm: (verdict) =>
    verdict === undefined
      ? 'This is the quick form, with fewer seeds and shorter runs; no full run is committed.'
      : `This is the quick form, with fewer seeds and shorter runs; the verdict of the committed full run (docs/experiments.md): ${english.verdicts[verdict]}.`,
  footer: 'Every number of this page and of its pictures is in report.json beside it; the pictures are in the folder charts.',
  loss,
  play: 'Play',
  pause: 'Pause',
  back: 'One frame back',
  next: 'One frame on',
  frame: 'Frame',
  frameOf: (index, count) => `Frame ${index} of ${count}`,
  moment: ({ label, evaluations, loss }) =>
    [
      label.en,
      ...(evaluations === undefined ? [] : [`${formatValue(evaluations)} evaluation${evaluations === 1 ? '' : 's'}`]),
      ...(loss === undefined ? [] : [`lowest loss ${formatValue(loss)}`]),
    ].join(', '),
  candidates: 'candidates',
  best: 'best so far',
  optimum: 'optimum',
  testPoints: 'white inside: test data',
  classOf: (label) => `class ${label}`,
  machine: (processor, cores, memory, platform) => `${processor}, ${cores} cores, ${memory} of memory, ${platform}`,
  markedAs: (mark) => `${mark}: ${english.marks[mark]}`,
  bracketed: (words) => ` (${words})`,
};

const chinese: Words = {
  product: 'Zeroth 实验室',
  verdicts: { reproduced: '已复现', 'stand-in': '在替代条件下展示', 'not reproduced': '未复现' },
  signs: english.signs,
  skip: '跳到结果',
  claim: '论断',
  table: '论断、发表值与实测',
  columns: { what: '内容', published: '发表值', ours: '实测', seeds: '种子数', holds: '成立' },
  marks: { V: '读自原始文献、其代码或数据', S: '引自二手来源', C: '由所列来源计算得出' },
  holds: { yes: '是', no: '否', told: '不作判断' },
  arithmetic: '纯计算',
  none: '无',
  pictures: '图',
  method: '做法',
  refutation: '什么结果会推翻它',
  sources: '来源',
  again: '再次运行',
  run: '运行环境',
  facts: { software: '软件', machine: '机器', form: '版本', settings: '设置', time: '用时', started: '开始时间' },
  forms: { quick: '快速版', full: '完整版' },
  lecture: '“课程”指一门关于深层网络的课程：梯度消失，用遗传算法和粒子群做无导数训练，以及过拟合及其对策。',
  colon: '：',
  semicolon: '；',
  stop: '。',
  verdictOf: (verdict, form) => `${chinese.verdicts[verdict]}${form === 'quick' ? '（快速版）' : ''}`,
  held: (holding, judged) => {
    if (judged === 1) return holding === 1 ? '唯一的一项判断成立。' : '唯一的一项判断不成立：';
    if (holding === judged) return `${judged} 项判断全部成立。`;
    return `${judged} 项判断中${holding === 0 ? '没有一项成立' : `有 ${holding} 项成立，不成立的是`}：`;
  },
  fullForm: (verdict) =>
    verdict === undefined
      ? '这是快速版，种子较少、运行较短；完整版的结果尚未收录。'
      : `这是快速版，种子较少、运行较短；已收录的完整版运行（docs/experiments.md）的结论：${chinese.verdicts[verdict]}。`,
  footer: '本页及图中的所有数值都在同一文件夹的 report.json 中；图片在 charts 文件夹中。',
  loss,
  play: '播放',
  pause: '暂停',
  back: '上一帧',
  next: '下一帧',
  frame: '帧',
  frameOf: (index, count) => `第 ${index} / ${count} 帧`,
  moment: ({ label, evaluations, loss }) =>
    [
      label.zh,
      ...(evaluations === undefined ? [] : [`已评估 ${formatValue(evaluations)} 次`]),
      ...(loss === undefined ? [] : [`最低损失 ${formatValue(loss)}`]),
    ].join('，'),
  candidates: '候选解',
  best: '目前最优',
  optimum: '最优点',
  testPoints: '空心：测试数据',
  classOf: (label) => `类别 ${label}`,
  machine: (processor, cores, memory, platform) => `${processor}，${cores} 核，内存 ${memory}，${platform}`,
  markedAs: (mark) => `${mark}：${chinese.marks[mark]}`,
  bracketed: (words) => `（${words}）`,
};

export function words(language: Language): Words {
  return language === 'zh' ? chinese : english;
}
