import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.TreeSet;
import software.amazon.event.ruler.Machine;

/**
 * Reads a line {"patterns": {"name": {...}}, "events": [{...}]} and prints, a line for each event, the names of the
 * patterns that match it, separated by spaces.
 */
public class Match {
  public static void main(String[] arguments) throws Exception {
    ObjectMapper json = new ObjectMapper();
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    JsonNode todo = json.readTree(input.readLine());
    Machine machine = new Machine();
    for (Iterator<String> names = todo.get("patterns").fieldNames(); names.hasNext(); ) {
      String name = names.next();
      machine.addRule(name, todo.get("patterns").get(name).toString());
    }
    for (JsonNode event : todo.get("events")) {
      System.out.println(String.join(" ", new TreeSet<>(machine.rulesForJSONEvent(event.toString()))));
    }
  }
}
