package fortnight.pipelines;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.sasl.Sasl;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;

/** The ways to log in that this JVM knows: Java's own, and those of login modules in use. */
final class SaslMechanisms {
  private SaslMechanisms() {}

  /** Kafka's clients, where they do not know theirs, try for ever. */
  static boolean isKnown(KafkaClients clients) {
    boolean logsIn =
        clients
            .setting(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
            .map(protocol -> protocol.toUpperCase(Locale.ROOT).startsWith("SASL"))
            .orElse(false);
    return !logsIn
        || known()
            .contains(
                clients
                    .setting(SaslConfigs.SASL_MECHANISM)
                    .orElse(SaslConfigs.DEFAULT_SASL_MECHANISM));
  }

  private static Set<String> known() {
    return Collections.list(Sasl.getSaslClientFactories()).stream()
        .flatMap(factory -> Set.of(factory.getMechanismNames(Map.of())).stream())
        .collect(Collectors.toSet());
  }
}
