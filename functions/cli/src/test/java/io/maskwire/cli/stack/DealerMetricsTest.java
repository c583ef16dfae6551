package io.maskwire.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.exchange.ModelVersionName;
import org.junit.jupiter.api.Test;

class DealerMetricsTest {
  private static final String OLD = "0".repeat(32);
  private static final String NEW = "1".repeat(32);
  private static final DealerMetrics METRICS =
      DealerMetrics.parse(
          """
          # TYPE maskwire_deal_seconds summary
          maskwire_deal_seconds_count{model="other"} 1.0
          maskwire_deal_seconds_sum{model="other"} 7.0
          maskwire_deal_seconds_count{application="dealer",model="fmri-demo"} 4.0
          maskwire_deal_seconds_sum{application="dealer",model="fmri-demo"} 0.1
          maskwire_stock{model="fmri-demo",version="%1$s"} 1.0
          maskwire_stock{model="fmri-demo",version="%2$s"} 3.0
          """
              .formatted(OLD, NEW));

  @Test
  void dealMillis_modelThatWasDealt_isTheMean() {
    assertThat(METRICS.dealMillis("fmri-demo")).isEqualTo(25.0);
  }

  @Test
  void stock_isThatOfTheVersion() {
    assertThat(METRICS.stock(new ModelVersionName("fmri-demo", NEW))).isEqualTo(3);
    assertThat(METRICS.stock(new ModelVersionName("fmri-demo", "2".repeat(32)))).isZero();
  }

  @Test
  void dealMillis_modelThatWasNotDealt_isZero() {
    assertThat(METRICS.dealMillis("fmri")).isZero();
  }
}
