output "plain" {
  value = <<EOT
first
  second ${"in"} $${esc} %%{esc} \n "q"
EOT
}

output "flush" {
  value = <<-EOT
    four
      six

    ${"start"}
     five
  EOT
}

output "flush_sequence_first" {
  value = <<-EOT
    text
${"zero"} indentation
  EOT
}

output "flush_blank_with_spaces" {
  value = <<-EOT
    a
   
    b
  EOT
}

output "flush_tabs" {
  value = <<-EOT
		two tabs
			three tabs
		EOT
}

output "directive_lines" {
  value = <<EOT
%{ for x in ["a", "b"] ~}
  item ${x}
%{ endfor ~}
end
EOT
}

output "directive_flush" {
  value = <<-EOT
    %{ for x in ["a", "b"] ~}
    item ${x}
    %{ endfor ~}
    end
  EOT
}

output "directive_no_trim" {
  value = <<-EOT
    %{ if true }
    yes
    %{ else }
    no
    %{ endif }
  EOT
}

output "trim_left" {
  value = <<-EOT
    a

    %{~ if true }
    b
    %{~ endif }
    c
  EOT
}

output "trim_interpolation" {
  value = <<EOT
a
   ${~ "b" ~}
   c
EOT
}

output "nested" {
  value = <<-EOT
    %{ for k, v in { a = [1, 2], b = [] } ~}
    ${k}:%{ for x in v } ${x}%{ endfor }%{ if length(v) == 0 } none%{ endif }
    %{ endfor ~}
  EOT
}

output "only_interpolation" {
  value = <<EOT
${"x"}
EOT
}

output "empty" {
  value = <<EOT
EOT
}

output "marker_like" {
  value = <<-EOT
    EOTX
    EOT x
    EOT
}

output "json" {
  value = <<-JSON
    {
      "a": ${jsonencode(["x", 1])},
      "b": "$"
    }
  JSON
}

output "in_call" {
  value = upper(<<-A
    one
  A
  )
}

output "in_list" {
  value = [<<A
x
A
  , "y"]
}

output "combining" {
  value = "é"
}

output "conditional_chain" {
  value = false ? "a" : false ? "b" : "c"
}

output "legacy_index" {
  value = [[1, 2], [3]][0].1
}

output "comment_between" {
  value = [ # one
    1,      // two
    /* three */ 2
  ]
}

output "object_separators" {
  value = {
    a = 1, b = 2
    "c" : 3
    (upper("d")) = 4,
  }
}
