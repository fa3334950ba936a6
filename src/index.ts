/**
 * loglik: maximum likelihood for JavaScript. Kernels in WebAssembly sum log-likelihoods, scores and Hessians over Float64Array columns.
 *
 * @packageDocumentation
 */

export type { ColumnFit } from "./classifiers/columnFit.ts";
export type { LdaFit, QdaFit } from "./classifiers/discriminant.ts";
export { generative } from "./classifiers/generative.ts";
export type { NaiveBayesFit } from "./classifiers/naiveBayes.ts";
export type {
  ClassifierOptions,
  ClassLabels,
  ColumnFamily,
  ColumnsGiven,
  DiscriminantOptions,
  GenerativeModel,
  GenerativeOptions,
  LabelledColumns,
  NaiveBayesOptions,
  NewRowsGiven,
} from "./classifiers/options.ts";
export type { Confusion, GenerativeFit } from "./classifiers/result.ts";
export { type ClogitFit, type ClogitOptions, clogit } from "./cox/clogit.ts";
export type { Concordance } from "./cox/concordance.ts";
export type { BaselineHazard } from "./cox/coxBaseline.ts";
export type { CoxOptions } from "./cox/coxData.ts";
export type { CoxFit, CoxResidualColumns, CoxResiduals } from "./cox/coxFit.ts";
export type { CoxPredictOptions, CoxReference } from "./cox/coxPredict.ts";
export { coxph } from "./cox/coxph.ts";
export type { Ties } from "./cox/partialLikelihood.ts";
export type { RelativeRiskFit } from "./cox/relativeRisk.ts";
export type { StratifiedOptions } from "./cox/stratifiedData.ts";
export type { Bins, Censored, Truncated } from "./data/censoring.ts";
export { threshold } from "./data/threshold.ts";
export {
  type Alternative,
  type DispersionOptions,
  type DispersionTest,
  dispersionTest,
  type ZeroInflationTest,
  zeroInflationTest,
} from "./diagnostics/counts.ts";
export { type Gofstat, type GofstatOptions, gofstat } from "./diagnostics/gofstat.ts";
export { type ChiSquaredResult, type GoodnessOfFit, goodnessOfFit, type TestResult } from "./diagnostics/goodnessOfFit.ts";
export type { GoodnessOptions, GoodnessTest } from "./diagnostics/goodnessOptions.ts";
export { type ResidualOptions, residuals } from "./diagnostics/residuals.ts";
export { type ReturnLevelOptions, type ReturnLevels, returnLevels } from "./diagnostics/returnLevels.ts";
export type { SimulationOptions } from "./diagnostics/simulation.ts";
export {
  type KaplanMeier,
  type KaplanMeierOptions,
  kaplanMeier,
  type SurvivalRows,
  type Turnbull,
  turnbull,
} from "./diagnostics/survival.ts";
export { type Hill, type HillOptions, hill, type MeanExcess, type MeanExcessOptions, meanExcess } from "./diagnostics/tail.ts";
export * from "./distributions/catalogue.generated.ts";
export type { Constant, Constants, Family, Parameter, Special, Support, Theta } from "./distributions/family.ts";
export type { LevelFamily, RowFamily, ShapedParameter, ShapedValues, VectorFamily } from "./distributions/rowFamily.ts";
export type { Histogram } from "./empirical/histogram.ts";
export type { Scale } from "./empirical/window.ts";
export {
  type Bootstrap,
  type BootstrapIntervalOptions,
  type BootstrapOptions,
  type BootstrapProgress,
  bootstrap,
  type FailedReplicates,
  type Statistic,
} from "./estimators/bootstrap.ts";
export type { Bounds } from "./estimators/bounds.ts";
export { type Comparable, type CompareOptions, type Comparison, type ComparisonRow, compare } from "./estimators/compare.ts";
export type { ComparableRegression, ComparedPart, ComparedRegression, Inclusion } from "./estimators/comparedRegression.ts";
export { compareNested, type NestedComparison, type NestedOptions } from "./estimators/compareNested.ts";
export {
  type CatalogueEntry,
  type Distribution,
  distribution,
  distributions,
  type FixedDistribution,
  type ParameterValues,
  type RandomOptions,
} from "./estimators/distribution.ts";
export { fit } from "./estimators/fit.ts";
export { type BestOptions, type Criterion, fitBest, type Ranking } from "./estimators/fitBest.ts";
export type { RowOptions } from "./estimators/fitRows.ts";
export { type FreeParameter, maximize, type OwnLikelihood } from "./estimators/maximize.ts";
export type { NestedRegressions } from "./estimators/nestedRegressions.ts";
export type { Prior } from "./estimators/prior.ts";
export type { NestedTest } from "./estimators/ratioTest.ts";
export type {
  Certificate,
  Estimate,
  Fit,
  Found,
  IntervalOptions,
  Profile,
  ProfileIntervalOptions,
  ProfileOptions,
  ProfilePoint,
  RunnerUp,
  Status,
  Surface,
  Values,
} from "./estimators/result.ts";
export type { LevelDistribution, LevelValues, VectorDistribution } from "./estimators/rowDistribution.ts";
export type { RowFit, ShapedNumbers } from "./estimators/rowResult.ts";
export type { Covariance, FamilyName, FitOptions, Progress, RowFamilyName, WeightType } from "./estimators/settings.ts";
export { logSumExp, sum, sumLog } from "./estimators/totals.ts";
export { type CovarianceOptions, vcov } from "./estimators/vcov.ts";
export { type VuongComparison, type VuongTest, vuong } from "./estimators/vuong.ts";
export type { Block, Design, Strata } from "./formula/design.ts";
export { type FormulaVariable, formulaVariables } from "./formula/formula.ts";
export type { ArrowTable, Data, DataColumn, Levels } from "./formula/frame.ts";
export type { NaPolicy } from "./formula/missing.ts";
export { type ModelMatrix, type ModelMatrixOptions, modelMatrix } from "./formula/modelMatrix.ts";
export type { SeenColumn } from "./formula/seenColumns.ts";
export type { CrossValidation, CrossValidationOptions } from "./glm/crossValidation.ts";
export type { FirthFit } from "./glm/firthFit.ts";
export type { ProfileTest } from "./glm/firthProfile.ts";
export { glm } from "./glm/glm.ts";
export type { GlmAnovaRow } from "./glm/glmAnova.ts";
export type { GlmFit, GlmResiduals, SeparationFound } from "./glm/glmFit.ts";
export type { GlmChoices, GlmFamilyName, GlmOptions, GlmPenalties } from "./glm/glmModel.ts";
export { type GlmPath, glmPath, type PathOptions, type PathShape, type PathStep } from "./glm/glmPath.ts";
export type { PenaltyOptions, PenaltyShape, StatedPenalty } from "./glm/glmPenalty.ts";
export type { LinearAnovaRow, LinearFit, LinearResiduals } from "./glm/linearFit.ts";
export { lm } from "./glm/lm.ts";
export type { PenalizedFit } from "./glm/penalizedFit.ts";
export type { BootstrapMethod } from "./inference/bootstrap.ts";
export type { VuongStatistic } from "./inference/vuong.ts";
export { type Drawable, plotData, plotKinds } from "./pictures/plotData.ts";
export type {
  CdfData,
  ContourData,
  Curve,
  DensityData,
  EffectData,
  FitPlotKind,
  Named,
  PlotData,
  PlotDataOptions,
  PlotKind,
  ProfileCurve,
  ProfileData,
  QuantileData,
  QuantilePair,
  ResidualCell,
  ResidualData,
  ReturnLevelData,
  Step,
} from "./pictures/plotShapes.ts";
export {
  type DrawableRegression,
  type Effect,
  type EffectRows,
  type Pictured,
  type RegressionPlotKind,
  regressionPlotKinds,
} from "./pictures/regressionPlotData.ts";
export type { DesignColumns } from "./regression/designGiven.ts";
export type { EstimatedModel } from "./regression/estimated.ts";
export type { NewData } from "./regression/newRows.ts";
export type { RegressionCertificate } from "./regression/outcome.ts";
export type { DesignGiven, FormulaGiven, RegressionOptions, RowwiseOptions } from "./regression/regressionData.ts";
export type { Prediction, PredictOptions, RegressionFit } from "./regression/regressionFit.ts";
export type { ChiSquaredTest, RegressionResult, WaldOptions } from "./regression/regressionResult.ts";
export type { CovarianceKind } from "./regression/regressionSandwich.ts";
export type { CoefficientRow } from "./regression/regressionTable.ts";
export type { Seeded } from "./regression/seeded.ts";
export type { BetaFit, BetaPredictOptions } from "./vglm/betaFit.ts";
export { type BetaOptions, betareg } from "./vglm/betareg.ts";
export type { LevelPredictOptions } from "./vglm/categoricalFit.ts";
export type { CountFit } from "./vglm/countFit.ts";
export type { CountOptions } from "./vglm/countModel.ts";
export type { CountPrediction, CountPredictOptions } from "./vglm/countPredict.ts";
export { distreg } from "./vglm/distreg.ts";
export type { DistregFit, DistregPredictOptions } from "./vglm/distregFit.ts";
export type { DistregChoices, DistregOptions, ParameterModel } from "./vglm/distregOptions.ts";
export { hurdle } from "./vglm/hurdle.ts";
export type { LevelsDesign, LevelsFormula, LevelsOptions } from "./vglm/levelsData.ts";
export type { LevelTable } from "./vglm/levelTable.ts";
export { type MultinomialOptions, multinomial } from "./vglm/multinomial.ts";
export type { MultinomialFit, MultinomialPrediction, MultinomialResiduals } from "./vglm/multinomialFit.ts";
export { type OrdinalOptions, ordinal } from "./vglm/ordinal.ts";
export type { OrdinalFit, OrdinalPrediction, OrdinalResiduals } from "./vglm/ordinalFit.ts";
export type { ParallelTest } from "./vglm/parallelTest.ts";
export { type SurvregOptions, survreg } from "./vglm/survreg.ts";
export type { SurvregFit } from "./vglm/survregFit.ts";
export type { SurvivalDistributionName } from "./vglm/survregModel.ts";
export type { SurvregPredictOptions } from "./vglm/survregPredict.ts";
export { type TobitOptions, tobit } from "./vglm/tobit.ts";
export { type TregOptions, treg } from "./vglm/treg.ts";
export type { TregFit, TregPredictOptions } from "./vglm/tregFit.ts";
export { zeroInflated } from "./vglm/zeroInflated.ts";
export { allocate } from "./wasm/engine.ts";
export { init, type KernelSource } from "./wasm/load.ts";
