package fortnight.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkClassLoaderTest {
  private final FlinkClassLoader loader = new FlinkClassLoader(ClassLoader.getSystemClassLoader());

  @AfterEach
  void close() throws Exception {
    loader.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fortnight.runners.cluster.FlinkProcess$TaskManager",
        "fortnight.common.process.ParentWatch",
        "org.apache.flink.runtime.webmonitor.WebSubmissionExtension",
        "org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend",
        "org.slf4j.impl.SimpleLogger"
      })
  void loadsFlinkAndTheMainClassItself(String name) throws Exception {
    assertThat(loader.loadClass(name).getClassLoader()).isSameAs(loader);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fortnight.pipelines.RetailAnalytics",
        "fortnight.runners.LocalStack",
        "fortnight.runners.cluster.LocalFlink",
        "org.apache.beam.sdk.Pipeline",
        "org.apache.kafka.clients.consumer.Consumer",
        "com.fasterxml.jackson.databind.ObjectMapper"
      })
  void hidesAllOtherClasses(String name) {
    assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
    assertThat(loader.getResource(name.replace('.', '/') + ".class")).isNull();
  }

  @Test
  void findsOnlyFlinksServices() throws Exception {
    String services = "META-INF/services/";

    assertThat(
            Collections.list(
                loader.getResources(services + "org.apache.flink.runtime.rpc.RpcSystemLoader")))
        .hasSize(1);
    assertThat(
            Collections.list(
                loader.getResources(
                    services + "org.apache.beam.sdk.options.PipelineOptionsRegistrar")))
        .isEmpty();
  }
}
