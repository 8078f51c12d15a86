module secadvisor

go 1.26
