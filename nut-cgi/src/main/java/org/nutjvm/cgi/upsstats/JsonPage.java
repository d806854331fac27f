package org.nutjvm.cgi.upsstats;

import java.util.List;
import java.util.Map;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.StatusWord;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.ups.Upses;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.Utf8;
import org.nutjvm.common.conf.HostsConf.Host;
import org.nutjvm.common.text.JsonText;

/// What `json` in a query asks for, in upstream's form (clients/upsstats.c: display_json). Always valid UTF-8, also
/// where a driver says something else.
final class JsonPage {
    private JsonPage() {}

    static CgiResponse all(List<Host> hosts, Upses upses) {
        var json = new StringBuilder("{\"devices\": [\n");
        for (int i = 0; i < hosts.size(); i++) {
            if (i > 0) {
                json.append(",\n");
            }
            device(json, hosts.get(i), upses.read(hosts.get(i).ups()));
        }
        return response(200, json.append("\n]}\n"));
    }

    static CgiResponse one(Host host, Upses upses) {
        var json = new StringBuilder();
        device(json, host, upses.read(host.ups()));
        return response(200, json);
    }

    static CgiResponse error(int status, String message) {
        var json = new StringBuilder("{\"error\": ");
        string(json, message);
        return response(status, json.append('}'));
    }

    private static CgiResponse response(int status, StringBuilder json) {
        return CgiResponse.of(status, "application/json; charset=utf-8", json.toString());
    }

    private static void device(StringBuilder json, Host host, Reading reading) {
        UpsTrouble trouble = reading instanceof Reading.Unknown unknown ? unknown.trouble() : null;
        if (trouble != null && (trouble.kind() == UpsTrouble.Kind.SERVER || trouble.kind() == UpsTrouble.Kind.NAME)) {
            string(json.append("  {\"host\": "), host.ups());
            string(json.append(", \"desc\": "), host.description());
            string(json.append(", \"error\": "), "Connection failed: " + trouble.getMessage());
            json.append('}');
            return;
        }
        string(json.append("  {\n    \"host\": "), host.ups());
        string(json.append(",\n    \"desc\": "), host.description());
        json.append(",\n");
        String status = reading.get("ups.status");
        if (status != null) {
            status(json, status);
        }
        json.append("    \"vars\": {\n");
        if (trouble != null) {
            string(json.append("      \"error\": "), "Failed to list variables: " + trouble.getMessage());
        } else if (reading instanceof Reading.Known known) {
            boolean first = true;
            for (Map.Entry<String, String> variable : known.vars().entrySet()) {
                json.append(first ? "      " : ",\n      ");
                string(json, variable.getKey());
                string(json.append(": "), variable.getValue());
                first = false;
            }
        }
        json.append("\n    }\n  }");
    }

    private static void status(StringBuilder json, String status) {
        string(json.append("    \"status_raw\": "), status);
        json.append(",\n    \"status_parsed\": [");
        boolean first = true;
        for (String text : StatusWord.texts(status)) {
            string(json.append(first ? "" : ", "), text);
            first = false;
        }
        json.append("],\n");
    }

    private static void string(StringBuilder json, String text) {
        JsonText.string(json, Utf8.of(text));
    }
}
