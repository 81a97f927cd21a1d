package fortnight.pipelines;

import java.io.Serializable;

/** What stood in a partition when the run started: the offsets [from, until). */
record TopicRange(KafkaAddress topic, int partition, long from, long until)
    implements Serializable {
  private static final long serialVersionUID = 1;
}
