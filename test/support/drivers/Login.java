import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Properties;

/** Logs in by each address from standard input, one a line, and writes the session's user. */
public class Login {
  public static void main(String[] arguments) throws Exception {
    String addresses = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    Properties properties = new Properties();
    properties.setProperty("sslrootcert", arguments[0]);
    for (String address : addresses.split("\n")) {
      try (Connection connection = DriverManager.getConnection(address, properties);
          ResultSet result = connection.createStatement().executeQuery("SELECT session_user")) {
        result.next();
        System.out.println(result.getString(1));
      }
    }
  }
}
