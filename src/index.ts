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
export type { BetaFit, BetaPredictOptions } from "./estimators/betaFit.ts";
export { type BetaOptions, betareg } from "./estimators/betareg.ts";
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
export type { LevelPredictOptions } from "./estimators/categoricalFit.ts";
export { type ClogitFit, type ClogitOptions, clogit } from "./estimators/clogit.ts";
export { type Comparable, type CompareOptions, type Comparison, type ComparisonRow, compare } from "./estimators/compare.ts";
export { compareNested, type NestedComparison, type NestedOptions, type NestedTest } from "./estimators/compareNested.ts";
export type { CountFit, CountPrediction, CountPredictOptions } from "./estimators/countFit.ts";
export type { CountOptions } from "./estimators/countModel.ts";
export type { BaselineHazard } from "./estimators/coxBaseline.ts";
export type { CoxOptions } from "./estimators/coxData.ts";
export type { CoxFit, CoxResidualColumns, CoxResiduals } from "./estimators/coxFit.ts";
export type { CoxPredictOptions, CoxReference } from "./estimators/coxPredict.ts";
export { coxph } from "./estimators/coxph.ts";
export type { CrossValidation, CrossValidationOptions } from "./estimators/crossValidation.ts";
export type { DesignColumns } from "./estimators/designGiven.ts";
export { distreg } from "./estimators/distreg.ts";
export type { DistregFit, DistregPredictOptions } from "./estimators/distregFit.ts";
export type { DistregChoices, DistregOptions, ParameterModel } from "./estimators/distregOptions.ts";
export {
  type CatalogueEntry,
  type Distribution,
  distribution,
  distributions,
  type FixedDistribution,
  type ParameterValues,
  type RandomOptions,
} from "./estimators/distribution.ts";
export type { FirthFit } from "./estimators/firthFit.ts";
export type { ProfileTest } from "./estimators/firthProfile.ts";
export { fit } from "./estimators/fit.ts";
export { type BestOptions, type Criterion, fitBest, type Ranking } from "./estimators/fitBest.ts";
export type { RowOptions } from "./estimators/fitRows.ts";
export { glm } from "./estimators/glm.ts";
export type { GlmAnovaRow, GlmFit, GlmResiduals, SeparationFound } from "./estimators/glmFit.ts";
export type { GlmChoices, GlmFamilyName, GlmOptions, GlmPenalties } from "./estimators/glmModel.ts";
export { type GlmPath, glmPath, type PathOptions, type PathShape, type PathStep } from "./estimators/glmPath.ts";
export type { PenaltyOptions, PenaltyShape, StatedPenalty } from "./estimators/glmPenalty.ts";
export { hurdle } from "./estimators/hurdle.ts";
export type { LevelsDesign, LevelsFormula, LevelsOptions } from "./estimators/levelsData.ts";
export type { LevelTable } from "./estimators/levelTable.ts";
export type { LinearAnovaRow, LinearFit, LinearResiduals } from "./estimators/linearFit.ts";
export { lm } from "./estimators/lm.ts";
export { type FreeParameter, maximize, type OwnLikelihood } from "./estimators/maximize.ts";
export { type MultinomialOptions, multinomial } from "./estimators/multinomial.ts";
export type { MultinomialFit, MultinomialPrediction, MultinomialResiduals } from "./estimators/multinomialFit.ts";
export type { NewData } from "./estimators/newRows.ts";
export { type OrdinalOptions, ordinal } from "./estimators/ordinal.ts";
export type { OrdinalFit, OrdinalPrediction, OrdinalResiduals } from "./estimators/ordinalFit.ts";
export type { ParallelTest } from "./estimators/parallelTest.ts";
export type { PenalizedFit } from "./estimators/penalizedFit.ts";
export { type Drawable, plotData, plotKinds } from "./estimators/plotData.ts";
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
} from "./estimators/plotShapes.ts";
export type { Prior } from "./estimators/prior.ts";
export type { DesignGiven, FormulaGiven, RegressionOptions, RowwiseOptions } from "./estimators/regressionData.ts";
export type { Prediction, PredictOptions, RegressionFit } from "./estimators/regressionFit.ts";
export { type DrawableRegression, type Pictured, type RegressionPlotKind, regressionPlotKinds } from "./estimators/regressionPlotData.ts";
export type { RegressionCertificate, RegressionResult } from "./estimators/regressionResult.ts";
export type { CovarianceKind } from "./estimators/regressionSandwich.ts";
export type { CoefficientRow } from "./estimators/regressionTable.ts";
export type { ChiSquaredTest, RelativeRiskFit } from "./estimators/relativeRisk.ts";
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
export type { StratifiedOptions } from "./estimators/stratifiedData.ts";
export { type SurvregOptions, survreg } from "./estimators/survreg.ts";
export type { SurvregFit, SurvregPredictOptions } from "./estimators/survregFit.ts";
export type { SurvivalDistributionName } from "./estimators/survregModel.ts";
export { type TobitOptions, tobit } from "./estimators/tobit.ts";
export { logSumExp, sum, sumLog } from "./estimators/totals.ts";
export { type TregOptions, treg } from "./estimators/treg.ts";
export type { TregFit } from "./estimators/tregFit.ts";
export { type CovarianceOptions, vcov } from "./estimators/vcov.ts";
export { type VuongComparison, vuong } from "./estimators/vuong.ts";
export { zeroInflated } from "./estimators/zeroInflated.ts";
export type { BootstrapMethod } from "./inference/bootstrap.ts";
export type { VuongStatistic } from "./inference/vuong.ts";
export type { Concordance } from "./regression/concordance.ts";
export type { Block, Design, Strata } from "./regression/design.ts";
export { type FormulaVariable, formulaVariables } from "./regression/formula.ts";
export type { ArrowTable, Data, DataColumn, Levels } from "./regression/frame.ts";
export type { NaPolicy } from "./regression/missing.ts";
export { type ModelMatrix, type ModelMatrixOptions, modelMatrix } from "./regression/modelMatrix.ts";
export type { Ties } from "./regression/partialLikelihood.ts";
export type { SeenColumn } from "./regression/seenColumns.ts";
export { allocate } from "./wasm/engine.ts";
export { init, type KernelSource } from "./wasm/load.ts";
